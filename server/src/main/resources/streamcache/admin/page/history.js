// What was played, saved and refused, over time.

import { html } from './lit-html.js';
import { get } from './api.js';
import { chart } from './chart.js';
import { bytes } from './format.js';

const HISTORY = '../api/v1/history';

/** The spans, each with what its periods are called. */
const SPANS = {
  hour: { words: 'The last hour', label: { hour: '2-digit', minute: '2-digit' } },
  day: { words: 'The last day', label: { weekday: 'short', hour: '2-digit', minute: '2-digit' } },
  month: { words: 'The last month', label: { day: 'numeric', month: 'short' } },
  year: { words: 'The last year', label: { month: 'short', year: 'numeric' } },
};

const DECISIONS = [
  ['HIT', 'from the store'],
  ['FOLLOW', 'with another player'],
  ['MISS', 'fetched'],
  ['PASS', 'past the store'],
  ['LIVE', 'broadcast'],
  ['REFUSED', 'no film sent'],
];

/** What the view shows at first. */
export const EMPTY_HISTORY = { span: 'day', answer: null, problem: '' };

/** Days and months begin at midnight of the reader. */
export async function readHistory(state, update, span = state.history.span) {
  update({ history: { ...state.history, span, problem: '' } });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
  try {
    const answer = await get(`${HISTORY}?${new URLSearchParams({ span, zone })}`);
    update({ history: { span, answer, problem: '' } });
  } catch (refusal) {
    update({ history: { span, answer: null, problem: refusal.message } });
  }
}

export function history(state, update) {
  const { span, answer, problem } = state.history;
  return html`
    <h1>History</h1>
    <div class="tools">
      <label>
        Show
        <select @change=${(event) => readHistory(state, update, event.target.value)}>
          ${Object.entries(SPANS).map(([name, { words }]) => html`<option value=${name} ?selected=${name === span}>${words}</option>`)}
        </select>
      </label>
      <button @click=${() => readHistory(state, update)}>Read again</button>
    </div>
    ${problem === '' ? '' : html`<p class="bad" role="alert">${problem}</p>`}
    ${answer ? shown(answer) : ''}
  `;
}

function shown(answer) {
  const format = new Intl.DateTimeFormat(undefined, SPANS[answer.span].label);
  const labels = answer.periods.map((period) => format.format(new Date(period.from)));
  const of = (value) => answer.periods.map(value);
  return html`
    ${figures(answer.total)}
    <div class="charts">
      ${chart({
        title: 'Sent to players',
        labels,
        series: [
          { name: 'from the store', shade: 'shade0', values: of((one) => one.storeBytes) },
          { name: 'from providers', shade: 'shade1', values: of((one) => one.providerBytes) },
        ],
        write: bytes,
      })}
      ${chart({
        title: 'Fetched from providers',
        labels,
        series: [{ name: 'fetched', shade: 'shade1', values: of((one) => one.fetchedBytes) }],
        write: bytes,
      })}
      ${chart({
        title: 'Requests',
        labels,
        series: DECISIONS.map(([decision, name], at) => ({ name, shade: `shade${at}`, values: of((one) => one.requests[decision]) })),
        write: String,
      })}
      ${chart({
        title: 'Time to the first byte',
        labels,
        isStacked: false,
        series: [
          { name: '99 of 100 within', shade: 'shade1', values: of((one) => one.firstByteP99Seconds) },
          { name: 'half within', shade: 'shade0', values: of((one) => one.firstByteP50Seconds) },
        ],
        write: seconds,
      })}
      ${chart({
        title: 'Used on the disk',
        labels,
        series: [{ name: 'used', shade: 'shade0', values: of((one) => one.usedBytes) }],
        marks: marks(answer.total),
        write: bytes,
      })}
      ${chart({
        title: 'Errors of providers',
        labels,
        series: [{ name: 'failed connections', shade: 'shade5', values: of((one) => one.errors) }],
        write: String,
      })}
    </div>
    ${errors(answer.errors)}
    <h2>Numbers</h2>
    ${table(answer.periods, labels)}
  `;
}

function marks(total) {
  return total.maxBytes === undefined
    ? []
    : [
        { name: 'limit', shade: 'shade5', value: total.maxBytes },
        { name: 'evicted down to', shade: 'shade2', value: total.lowWatermarkBytes },
      ];
}

function figures(total) {
  const requests = Object.values(total.requests).reduce((sum, count) => sum + count, 0);
  return html`
    <dl class="figures">
      <div><dt>Saved</dt><dd>${signed(total.savedBytes)} <small>sent to players, less what was fetched</small></dd></div>
      <div><dt>Sent from the store</dt><dd>${bytes(total.storeBytes)}</dd></div>
      <div><dt>Fetched from providers</dt><dd>${bytes(total.fetchedBytes)}</dd></div>
      <div><dt>Requests</dt><dd>${requests}</dd></div>
      <div>
        <dt>First byte</dt>
        <dd>${seconds(total.firstByteP50Seconds)} <small>for half; ${seconds(total.firstByteP99Seconds)} for 99 of 100</small></dd>
      </div>
      <div><dt>Errors of providers</dt><dd>${total.errors}</dd></div>
    </dl>
  `;
}

function errors(rows) {
  return rows.length === 0
    ? ''
    : html`
        <h2>Errors by cause and account</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Errors">
          <table>
            <thead>
              <tr><th scope="col">Cause</th><th scope="col">Account</th><th scope="col" class="number">Connections</th></tr>
            </thead>
            <tbody>
              ${rows.map((row) => html`<tr><td>${row.cause}</td><td class="name">${row.account}</td><td class="number">${row.count}</td></tr>`)}
            </tbody>
          </table>
        </div>
      `;
}

function table(periods, labels) {
  const columns = [
    ['Saved', (one) => signed(one.savedBytes)],
    ['From the store', (one) => bytes(one.storeBytes)],
    ['From providers', (one) => bytes(one.providerBytes)],
    ['Fetched', (one) => bytes(one.fetchedBytes)],
    ...DECISIONS.map(([decision, words]) => [words, (one) => one.requests[decision] ?? 0]),
    ['First byte, half', (one) => seconds(one.firstByteP50Seconds)],
    ['First byte, 99 of 100', (one) => seconds(one.firstByteP99Seconds)],
    ['Used on the disk', (one) => (one.usedBytes === undefined ? '–' : bytes(one.usedBytes))],
    ['Errors', (one) => one.errors],
  ];
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="Numbers">
      <table>
        <thead>
          <tr><th scope="col">From</th>${columns.map(([words]) => html`<th scope="col" class="number">${words}</th>`)}</tr>
        </thead>
        <tbody>
          ${periods.map(
            (one, at) => html`<tr><th scope="row">${labels[at]}</th>${columns.map(([, cell]) => html`<td class="number">${cell(one)}</td>`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

function signed(count) {
  return count < 0 ? `−${bytes(-count)}` : bytes(count);
}

function seconds(time) {
  if (time === undefined) {
    return '–';
  }
  return time < 1 ? `${(time * 1000).toPrecision(2)} ms` : `${time.toFixed(1)} s`;
}
