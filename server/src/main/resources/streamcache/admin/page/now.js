// What is playing, and what the accounts do.

import { html, svg } from './lit-html.js';
import { bytes, duration, percent } from './format.js';

const WIDTH = 1000;
const READER_WIDTH = 4;

export function now(state) {
  if (!state.now) {
    return html`<p class="quiet">Waiting for the server …</p>`;
  }
  const { status, titles, accounts, prewarm } = state.now;
  return html`
    <h1>Now</h1>
    ${figures(status)}
    <h2>Films</h2>
    ${titles.length === 0 ? html`<p class="quiet">Nothing is being played.</p>` : titles.map(title)}
    ${prewarm.queued + prewarm.running === 0 ? '' : html`<p>${ready(prewarm)}</p>`}
    <h2>Accounts</h2>
    ${accounts.length === 0 ? html`<p class="quiet">No provider is being asked.</p>` : accounts.map(account)}
  `;
}

/** What is fetched before anybody plays it. */
function ready(prewarm) {
  const all = prewarm.queued + prewarm.running;
  const failed = prewarm.failed > 0 ? ` ${prewarm.failed} failed.` : '';
  return `${all} ${all === 1 ? 'title is' : 'titles are'} fetched before anybody plays ${all === 1 ? 'it' : 'them'}, as players leave connections.${failed}`;
}

function figures(status) {
  const { store } = status;
  const share = store.maxBytes > 0 ? store.usedBytes / store.maxBytes : 0;
  return html`
    ${store.isWritable ? '' : html`<p class="bad" role="alert">The store accepts no bytes: ${status.health}.</p>`}
    <dl class="figures">
      <div><dt>Players</dt><dd>${status.plays}</dd></div>
      <div><dt>Titles</dt><dd>${store.titles}</dd></div>
      <div>
        <dt>Cache</dt>
        <dd>${percent(share)} <small>${bytes(store.usedBytes)} of ${bytes(store.maxBytes)}</small></dd>
      </div>
      <div><dt>Free on the disk</dt><dd>${bytes(store.diskFreeBytes)}</dd></div>
      <div><dt>Running for</dt><dd>${duration(status.uptimeSeconds)}</dd></div>
    </dl>
  `;
}

function title(row) {
  return html`
    <article class="card">
      <h3>${row.name}</h3>
      <p class="quiet">from ${row.host}${row.sizeBytes ? html`, ${bytes(row.sizeBytes)}, ${percent(row.presentBytes / row.sizeBytes)} stored` : ''}</p>
      ${row.sizeBytes ? strip(row) : ''}
      ${row.plays.map(player)}
    </article>
  `;
}

/** The film from its first byte to its last: what is stored, and where each player reads. */
export function strip(row) {
  const x = (offset) => (offset / row.sizeBytes) * WIDTH;
  const words = `${percent(row.presentBytes / row.sizeBytes)} of the film is stored; ${row.plays.length} ${row.plays.length === 1 ? 'player' : 'players'}`;
  return html`
    <svg class="strip" viewBox="0 0 ${WIDTH} 24" preserveAspectRatio="none" role="img" aria-label=${words}>
      ${row.present.map(
        (range) => svg`<rect class="present" x=${x(range.from)} y="0" width=${Math.max(1, x(range.to - range.from))} height="24"></rect>`,
      )}
      ${row.plays
        .filter((play) => play.position !== undefined)
        .map((play) => svg`<rect class="reader" x=${Math.min(WIDTH - READER_WIDTH, x(play.position))} y="0" width=${READER_WIDTH} height="24"></rect>`)}
    </svg>
  `;
}

function player(play) {
  const seconds = (Date.now() - Date.parse(play.since)) / 1000;
  const words = [play.agent, `${bytes(play.sentBytes)} in ${duration(seconds)}`].filter((part) => part !== '');
  return html`<p>${play.client} <span class="quiet">${words.join(', ')}</span></p>`;
}

function account(row) {
  const waiting = row.titles.filter((one) => one.waiting > 0 && one.connections === 0);
  return html`
    <article class="card">
      <h3>${row.account}</h3>
      <p>
        ${row.open} of ${row.limit} connections open${row.cooling > 0 ? `, ${row.cooling} closed that may still count` : ''}${row.holdSeconds > 0 ? `, nothing new for ${duration(Math.ceil(row.holdSeconds))}` : ''}.
      </p>
      ${row.titles.map(
        (one) => html`<p class="quiet">${one.name}: ${words(one)}</p>`,
      )}
      ${waiting.length > 0 ? html`<p>${waiting.length} waiting for a connection.</p>` : ''}
    </article>
  `;
}

function words(one) {
  const parts = [];
  if (one.connections > 0) {
    parts.push(`${one.connections} ${one.connections === 1 ? 'connection' : 'connections'}`);
  }
  if (one.players > 0) {
    parts.push(`${one.players} ${one.players === 1 ? 'player' : 'players'}`);
  }
  if (one.isResting) {
    parts.push('left alone for a while after a failure');
  }
  return parts.length === 0 ? 'waiting to be completed' : parts.join(', ');
}
