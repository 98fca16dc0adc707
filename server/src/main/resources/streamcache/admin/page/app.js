// The page of the operator: one state, redrawn at each change.

import { html, nothing, render } from './lit-html.js';
import { get, logOut } from './api.js';
import { EMPTY_LIST, cache, reload } from './cache.js';
import { EMPTY_HISTORY, history, readHistory } from './history.js';
import { library, readLibrary } from './library.js';
import { link } from './link.js';
import { readLogLevel } from './loglevel.js';
import { login, readEntry } from './login.js';
import { now } from './now.js';
import { PROVIDERS, providers } from './providers.js';
import { SETTINGS, settings } from './settings.js';
import { EMPTY_TIMELINE, readTimeline, why } from './why.js';

/** Each view by its name in the address; `path` is read when it is opened. */
const VIEWS = {
  now: { words: 'Now', draw: now },
  why: { words: 'Why', draw: why },
  history: { words: 'History', draw: history },
  cache: { words: 'Cache', draw: cache },
  library: { words: 'Library', draw: library },
  link: { words: 'Make a link', draw: link },
  providers: { words: 'Providers', draw: providers, path: PROVIDERS },
  settings: { words: 'Settings', draw: settings, path: SETTINGS },
};

let state = { isIn: false, isKnown: false, problem: '', now: null, list: EMPTY_LIST, timeline: EMPTY_TIMELINE, history: EMPTY_HISTORY, isLive: true };
let feed = null;

function update(change) {
  state = { ...state, ...change };
  draw();
}

function view() {
  const name = window.location.hash.slice(1);
  return name in VIEWS ? name : 'now';
}

function draw() {
  document.title = state.isIn ? `${VIEWS[view()].words} · Streamcache` : 'Streamcache';
  if (!state.isKnown) {
    return;
  }
  render(state.isIn ? house() : login(state, begin, update), document.body);
}

function house() {
  return html`
    <header>
      <strong>Streamcache</strong>
      <nav aria-label="Pages">
        ${Object.entries(VIEWS).map(
          ([name, { words }]) => html`<a href="#${name}" aria-current=${name === view() ? 'page' : nothing}>${words}</a>`,
        )}
      </nav>
      ${state.isLive ? '' : html`<span class="bad" role="status">The server does not answer; trying again.</span>`}
      <button @click=${leave}>Log out</button>
    </header>
    <main>
      ${state.problem ? html`<p class="bad" role="alert">${state.problem}</p>` : ''} ${VIEWS[view()].draw(state, update)}
    </main>
  `;
}

function begin() {
  update({ isIn: true, isKnown: true, problem: '' });
  feed = new EventSource('live');
  feed.onmessage = (event) => update({ now: JSON.parse(event.data), isLive: true });
  feed.onerror = lost;
  show();
}

/** The browser connects again by itself, unless the session has ended. */
async function lost() {
  const own = feed;
  update({ isLive: false });
  try {
    await get('../api/v1/status');
  } catch (refusal) {
    if (feed !== own) {
      return; // The user has logged out meanwhile.
    }
    if (refusal.status === 401) {
      end('The session has ended; log in again.');
    } else if (feed.readyState === EventSource.CLOSED) {
      feed.close();
      window.setTimeout(begin, 5000);
    }
  }
}

function end(problem) {
  feed?.close();
  feed = null;
  update({ isIn: false, entry: null, now: null, list: EMPTY_LIST, timeline: EMPTY_TIMELINE, history: EMPTY_HISTORY, problem });
  readEntry(update);
}

async function leave() {
  await logOut();
  end('');
}

function show() {
  draw();
  if (!state.isIn) {
    return;
  }
  const name = view();
  if (name === 'cache') {
    reload(state, update);
  } else if (name === 'why') {
    readTimeline(state, update);
  } else if (name === 'history') {
    readHistory(state, update);
  } else if (name === 'library') {
    readLibrary(update);
  } else if (VIEWS[name].path) {
    read(name);
  }
  if (name === 'settings') {
    readLogLevel(update);
  }
}

async function read(name) {
  try {
    update({ [name]: await get(VIEWS[name].path), problem: '' });
  } catch (refusal) {
    update({ problem: refusal.message });
  }
}

window.addEventListener('hashchange', show);

try {
  await get('../api/v1/status');
  begin();
} catch (refusal) {
  update({ problem: refusal.status === 401 ? '' : refusal.message });
  readEntry(update);
}
