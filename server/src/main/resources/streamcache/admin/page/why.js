// What happened at the providers, and why.

import { html } from './lit-html.js';
import { get } from './api.js';
import { bytes, duration } from './format.js';

const TIMELINE = '../api/v1/timeline';

const PURPOSES = {
  beginning: 'a player opened the film, of which nothing was stored',
  'waiting-player': 'a player waited for bytes that nothing was going to bring',
  player: 'a player was going to run out of bytes',
  completion: 'to complete the film, while nobody waited for it',
  prewarm: 'to have it ready before anybody plays it',
};

const QUERIES = {
  revalidation: 'whether a film is still the same file',
  import: 'a list of titles for the library',
  'link-test': 'what it answers for a link, which the operator tested',
  'account-state': 'what the panel says of the account, since it refused a film',
};

const ENDINGS = {
  preempted: 'cut here, since a player needed its place',
  finished: 'everything asked for arrived',
  capped: 'the provider sent less than was asked for',
  closed: 'closed here, since its bytes were no longer needed or another player needed its place',
  'store-refused': 'the store accepted no more bytes',
};

/** What the view shows at first. */
export const EMPTY_TIMELINE = { entries: [], title: '', problem: '' };

/** Reads the newest entries, of one title or of all. */
export async function readTimeline(state, update, title = state.timeline.title) {
  const query = new URLSearchParams(title === '' ? {} : { title });
  try {
    const { entries } = await get(`${TIMELINE}?${query}`);
    update({ timeline: { entries, title, problem: '' } });
  } catch (refusal) {
    update({ timeline: { ...state.timeline, problem: refusal.message } });
  }
}

export function why(state, update) {
  const { entries, title, problem } = state.timeline;
  const names = new Map(entries.filter((entry) => entry.title).map((entry) => [entry.title, entry.name ?? entry.title]));
  const query = new URLSearchParams(title === '' ? { limit: 5000 } : { title, limit: 5000 });
  return html`
    <h1>Why</h1>
    <p class="quiet">Each request to a provider with its reason, for seven days. What came from the store alone is not listed.</p>
    <div class="tools">
      <label>
        Film
        <select @change=${(event) => readTimeline(state, update, event.target.value)}>
          <option value="" ?selected=${title === ''}>All</option>
          ${[...names].map(([id, name]) => html`<option value=${id} ?selected=${id === title}>${name}</option>`)}
        </select>
      </label>
      <button @click=${() => readTimeline(state, update)}>Read again</button>
      <a href="${TIMELINE}?${query}" download="streamcache-timeline.json">Save for a bug report</a>
    </div>
    ${problem === '' ? '' : html`<p class="bad" role="alert">${problem}</p>`}
    ${entries.length === 0 ? html`<p class="quiet">Nothing happened.</p>` : html`<ol class="timeline">${entries.map(row)}</ol>`}
  `;
}

function row(entry) {
  return html`
    <li>
      <time datetime=${entry.at}>${new Date(entry.at).toLocaleString()}</time>
      <div>
        <strong>${entry.name ?? entry.title ?? 'The provider'}</strong> <span class="quiet">${entry.account ?? ''}</span><br />
        ${sentence(entry)}
      </div>
    </li>
  `;
}

function sentence(entry) {
  switch (entry.event) {
    case 'connection-opened':
      return `Connection from byte ${entry.start} on: ${PURPOSES[entry.purpose]}. First byte after ${seconds(entry.firstByteSeconds)}.`;
    case 'connection-closed':
      return `Connection ended after ${bytes(entry.bytes)}, of which ${bytes(entry.storedBytes)} were new: ${ending(entry)}.`;
    case 'connection-refused':
      return `Request from byte ${entry.start} on (${PURPOSES[entry.purpose]}) brought nothing: ${ending(entry)}${entry.upstreamStatus ? `, status ${entry.upstreamStatus}` : ''}.`;
    case 'pass-closed':
      return `A player got ${bytes(entry.bytes)} from byte ${entry.start} on past the store, which accepted none: ${ending(entry)}${entry.upstreamStatus ? `, status ${entry.upstreamStatus}` : ''}.`;
    case 'query':
      return `Asked ${QUERIES[entry.purpose]}: ${entry.ending === 'done' ? 'answered' : ending(entry)} after ${seconds(entry.seconds)}.`;
    case 'title-complete':
      return `Complete: all ${bytes(entry.bytes)} are stored.`;
    case 'title-failed':
      return `Given up for a while: ${entry.words}.`;
    case 'checked':
      return `Checked whether the provider still has this file: ${entry.ending}.`;
    case 'evicted':
      return `Evicted to make room: ${bytes(entry.bytes)}.`;
    default:
      return `${entry.client} got ${bytes(entry.bytes)} in ${seconds(entry.seconds)} (${entry.decision}), ${ending(entry)}. Request ${entry.request}.`;
  }
}

function ending(entry) {
  return entry.words ?? ENDINGS[entry.ending] ?? entry.ending;
}

function seconds(time) {
  return time < 10 ? `${time.toFixed(2)} s` : duration(time);
}
