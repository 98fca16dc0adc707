// The titles in the cache.

import { html } from './lit-html.js';
import { actions } from './actions.js';
import { get, post } from './api.js';
import { eviction } from './eviction.js';
import { bytes, moment, percent } from './format.js';
import { strip } from './now.js';

const API = '../api/v1/titles';
const SORTS = [
  ['last-play', 'Last played'],
  ['name', 'Name'],
  ['size', 'Size'],
  ['present', 'Stored'],
];

/** What the present order is called. */
const ORDERS = {
  name: { asc: 'A to Z', desc: 'Z to A' },
  number: { asc: 'Least first', desc: 'Most first' },
};

const SHOWN = [
  ['all', 'All'],
  ['complete', 'Complete'],
  ['partial', 'In part'],
  ['in-use', 'In use'],
  ['staying', 'Pinned or kept'],
];

/** What the list shows at first; `stored` has the ranges of titles that were looked at. */
export const EMPTY_LIST = { titles: [], stored: {}, next: '', query: '', show: 'all', sort: 'last-play', order: 'desc', message: '' };

let asked = 0;

/** Reads the first page again, with the given changes. */
export async function reload(state, update, change = {}) {
  const list = { ...state.list, ...change };
  const number = ++asked;
  update({ list: { ...list, isLoading: true } });
  const page = await read(list, '');
  if (number === asked) {
    // What an action has done is said until something goes wrong.
    update({ list: { ...list, ...page, message: page.message || (change.message ?? ''), isLoading: false } });
  }
}

async function more(state, update) {
  const { list } = state;
  update({ list: { ...list, isLoading: true } });
  const page = await read(list, list.next);
  update({ list: { ...list, ...page, titles: [...list.titles, ...page.titles], isLoading: false } });
}

/** A page may be empty although others follow it: soon after a start, the server may not know all names. */
async function read(list, after) {
  const query = new URLSearchParams({ show: list.show, sort: list.sort, order: list.order });
  if (list.query !== '') {
    query.set('query', list.query);
  }
  if (after !== '') {
    query.set('after', after);
  }
  try {
    const page = await get(`${API}?${query}`);
    return { titles: page.titles, next: page.next ?? '', message: '' };
  } catch (refusal) {
    return { titles: [], next: '', message: refusal.message };
  }
}

export function cache(state, update) {
  const { list } = state;
  return html`
    <h1>Cache</h1>
    <div class="tools">
      <label>Search <input type="search" .value=${list.query} @change=${(event) => reload(state, update, { query: event.target.value.trim() })} /></label>
      <label>
        Show
        <select @change=${(event) => reload(state, update, { show: event.target.value })}>
          ${SHOWN.map(([value, words]) => html`<option value=${value} ?selected=${value === list.show}>${words}</option>`)}
        </select>
      </label>
      <label>
        Sort by
        <select @change=${(event) => reload(state, update, { sort: event.target.value, order: event.target.value === 'name' ? 'asc' : 'desc' })}>
          ${SORTS.map(([value, words]) => html`<option value=${value} ?selected=${value === list.sort}>${words}</option>`)}
        </select>
      </label>
      <button @click=${() => reload(state, update, { order: list.order === 'desc' ? 'asc' : 'desc' })}>
        ${ORDERS[list.sort === 'name' ? 'name' : 'number'][list.order]}
      </button>
    </div>
    ${eviction(state, update)}
    <p role="status" class=${list.isBad ? 'bad' : 'quiet'}>${list.message}</p>
    ${list.titles.length === 0 && !list.isLoading ? html`<p class="quiet">No titles.</p>` : table(state, update)}
    ${list.next === '' ? '' : html`<button ?disabled=${list.isLoading} @click=${() => more(state, update)}>More</button>`}
  `;
}

function table(state, update) {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="Titles">
      <table>
        <thead>
          <tr>
            <th scope="col">Title</th>
            <th scope="col" class="number">Size</th>
            <th scope="col" class="number">Stored</th>
            <th scope="col" class="number">Plays</th>
            <th scope="col">Last played</th>
            <th scope="col"><span class="quiet">Action</span></th>
          </tr>
        </thead>
        <tbody>
          ${state.list.titles.map((title) => row(title, state, update))}
        </tbody>
      </table>
    </div>
  `;
}

function row(title, state, update) {
  const share = title.sizeBytes > 0 ? Math.min(1, title.storedBytes / title.sizeBytes) : 0;
  return html`
    <tr>
      <td class="name">${title.name}<br /><span class="quiet">${title.host}${title.isInUse ? ', in use' : ''}${title.isPinned ? ', pinned' : ''}${title.isKept ? ', kept' : ''}</span></td>
      <td class="number">${title.sizeBytes === undefined ? 'unknown' : bytes(title.sizeBytes)}</td>
      <td class="number">${title.isComplete ? 'all' : stored(title, share, state, update)}</td>
      <td class="number">${title.plays}</td>
      <td>${moment(title.lastPlay)}</td>
      <td class="actions">
        <button aria-label="${title.isPinned ? 'Unpin' : 'Pin'} ${title.name}" @click=${() => pin(title, state, update)}>
          ${title.isPinned ? 'Unpin' : 'Pin'}
        </button>
        <button aria-label="Complete ${title.name}" ?disabled=${title.isComplete} @click=${() => complete(title, state, update)}>Complete</button>
        <button aria-label="Evict ${title.name}" ?disabled=${title.isPinned} @click=${() => evict(title, state, update)}>Evict</button>
        ${actions(
          title,
          (message) => reload(state, update, { message, isBad: false }),
          (message) => update({ list: { ...state.list, message, isBad: true } }),
        )}
      </td>
    </tr>
  `;
}

/** How much is stored; opened, where. */
function stored(title, share, state, update) {
  const ranges = state.list.stored[title.id];
  return html`
    <details @toggle=${(event) => event.target.open && readStored(title, state, update)}>
      <summary>${percent(share)}</summary>
      ${ranges?.sizeBytes ? strip({ ...ranges, plays: [] }) : ''}
    </details>
  `;
}

async function readStored(title, state, update) {
  try {
    const ranges = await get(`${API}/${title.id}`);
    update({ list: { ...state.list, stored: { ...state.list.stored, [title.id]: ranges } } });
  } catch (refusal) {
    update({ list: { ...state.list, message: refusal.message, isBad: true } });
  }
}

/** A pinned title is never evicted. */
async function pin(title, state, update) {
  try {
    await post(`${API}/${title.id}/${title.isPinned ? 'unpin' : 'pin'}`);
    await reload(state, update, { isBad: false });
  } catch (refusal) {
    update({ list: { ...state.list, message: refusal.message, isBad: true } });
  }
}

/** Has the rest fetched, below what players need. */
async function complete(title, state, update) {
  try {
    await post(`${API}/${title.id}/complete`);
    const message = `The rest of “${title.name}” is fetched as soon as players leave a connection to it.`;
    update({ list: { ...state.list, message, isBad: false } });
  } catch (refusal) {
    update({ list: { ...state.list, message: refusal.message, isBad: true } });
  }
}

async function evict(title, state, update) {
  if (!window.confirm(`Evict “${title.name}”? It is downloaded again when somebody plays it.`)) {
    return;
  }
  try {
    await post(`${API}/${title.id}/evict`);
  } catch (refusal) {
    if (refusal.status !== 409 || !window.confirm(`${refusal.message} Evict it when it is free?`)) {
      update({ list: { ...state.list, message: refusal.message, isBad: true } });
      return;
    }
    await post(`${API}/${title.id}/evict`, { when: 'free' });
  }
  await reload(state, update, { isBad: false });
}
