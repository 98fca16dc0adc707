// Bars over time. The numbers behind them are in a table of their own.

import { html, svg } from './lit-html.js';

const WIDTH = 1000;
const HEIGHT = 160;

/** Between two bars, as a share of their width. */
const GAP = 0.15;

/**
 * A chart of one bar for each period.
 *
 * @param labels what each period is called
 * @param series `name`, `shade` (a class of the style sheet) and `values`, one for each period
 * @param isStacked whether the values of a period are parts of a sum; otherwise the later ones
 *     stand before the earlier ones
 * @param marks `name`, `shade` and `value` of lines across
 * @param write how a value is written
 */
export function chart({ title, labels, series, isStacked = true, marks = [], write }) {
  const heights = labels.map((_, at) => {
    const values = series.map((one) => one.values[at] ?? 0);
    return isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
  });
  const top = Math.max(...heights, ...marks.map((mark) => mark.value));
  const scale = top > 0 ? HEIGHT / top : 0;
  const words = `${title}; at most ${write(Math.max(...heights))} in a period. The numbers are in the table below.`;
  return html`
    <figure class="card chart">
      <figcaption>
        <h3>${title}</h3>
        <ul>
          ${[...series, ...marks].map(
            ({ name, shade }) => html`<li><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class=${shade} width="10" height="10"></rect></svg>${name}</li>`,
          )}
        </ul>
      </figcaption>
      <p class="quiet top">${write(top)}</p>
      <svg class="bars" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${words}>
        ${labels.map((label, at) => period(label, at, labels.length, series, isStacked, scale, write))}
        ${marks.map((mark) => svg`<rect class=${mark.shade} x="0" y=${HEIGHT - mark.value * scale} width=${WIDTH} height="2"></rect>`)}
      </svg>
      <p class="quiet ends"><span>${labels[0]}</span><span>${labels[Math.floor(labels.length / 2)]}</span><span>${labels.at(-1)}</span></p>
    </figure>
  `;
}

function period(label, at, count, series, isStacked, scale, write) {
  const step = WIDTH / count;
  const words = series.filter((one) => one.values[at] !== undefined).map((one) => `${one.name} ${write(one.values[at])}`);
  let below = 0;
  return svg`
    <g>
      <title>${label}: ${words.length === 0 ? 'nothing' : words.join(', ')}</title>
      <rect class="ground" x=${at * step} y="0" width=${step} height=${HEIGHT}></rect>
      ${series.map((one) => {
        const height = (one.values[at] ?? 0) * scale;
        const y = HEIGHT - height - (isStacked ? below : 0);
        below += height;
        return svg`<rect class=${one.shade} x=${(at + GAP / 2) * step} y=${y} width=${(1 - GAP) * step} height=${height}></rect>`;
      })}
    </g>
  `;
}
