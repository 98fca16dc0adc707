// Which titles go next when space is needed, and why.

import { html } from './lit-html.js';
import { get } from './api.js';
import { bytes } from './format.js';

const EVICTION = '../api/v1/eviction';

/** Reads the list when it is opened; what happens afterwards does not change it. */
async function readEviction(update) {
  try {
    update({ eviction: await get(EVICTION) });
  } catch (refusal) {
    update({ eviction: { problem: refusal.message } });
  }
}

export function eviction(state, update) {
  return html`
    <details class="card" @toggle=${(event) => (event.target.open ? readEviction(update) : undefined)}>
      <summary>What goes next</summary>
      ${state.eviction ? shown(state.eviction) : html`<p class="quiet">Reading …</p>`}
    </details>
  `;
}

function shown({ next, staying, problem }) {
  if (problem) {
    return html`<p class="bad" role="alert">${problem}</p>`;
  }
  return html`
    <p class="quiet">If space were needed now, these titles would be evicted in this order, until there is enough.</p>
    ${next.length === 0 ? html`<p class="quiet">None.</p>` : html`<ol class="eviction">${next.map(title)}</ol>`}
    ${staying.length === 0 ? '' : html`<h3>These stay</h3><ul class="eviction">${staying.map(title)}</ul>`}
  `;
}

function title(row) {
  return html`<li>${row.name} <span class="quiet">${bytes(row.storedBytes)}, ${row.host}. ${row.why}</span></li>`;
}
