// The page of the operator: one state, redrawn at each change.

import { html, nothing, render } from './lit-html.js';
import { chooseNode, chosenNode, get, getHere, logOut } from './api.js';
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

let state = { isIn: false, isKnown: false, problem: '', now: null, list: EMPTY_LIST, timeline: EMPTY_TIMELINE, history: EMPTY_HISTORY, nodes: [], isLive: true };
let feed = null;

const SESSION_ENDED = 'The session has ended; log in again.';

/** How often another node of the cluster is asked what it does. */
const POLL = 2000;

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
      ${state.nodes.length > 1 ? nodes() : ''}
      ${state.isLive ? '' : html`<span class="bad" role="status">The server does not answer; trying again.</span>`}
      <button @click=${leave}>Log out</button>
    </header>
    <main>
      ${state.problem ? html`<p class="bad" role="alert">${state.problem}</p>` : ''} ${VIEWS[view()].draw(state, update)}
    </main>
  `;
}

function nodes() {
  return html`<label
    >Server
    <select @change=${(event) => choose(event.target.value)}>
      ${state.nodes.map(
        ({ place, isThis }) =>
          html`<option value=${isThis ? '' : place} ?selected=${isThis ? chosenNode() === null : place === chosenNode()}>${place}</option>`,
      )}
    </select></label
  >`;
}

/** Shows another node of the cluster, or this server again. */
function choose(value) {
  chooseNode(value === '' ? null : value);
  feed?.close();
  update({ now: null, list: EMPTY_LIST, timeline: EMPTY_TIMELINE, history: EMPTY_HISTORY, problem: '' });
  follow();
  show();
}

function begin() {
  update({ isIn: true, isKnown: true, problem: '' });
  readNodes();
  follow();
  show();
}

/** Which nodes there are; one that is gone is no longer chosen. */
async function readNodes() {
  let nodes;
  try {
    ({ nodes = [] } = await getHere('../api/v1/cluster'));
  } catch {
    return; // The feed says what is wrong.
  }
  if (chosenNode() !== null && !nodes.some(({ place }) => place === chosenNode())) {
    choose('');
  }
  update({ nodes });
}

function follow() {
  if (chosenNode() !== null) {
    feed = poll();
    return;
  }
  feed = new EventSource('live');
  feed.onmessage = (event) => update({ now: JSON.parse(event.data), isLive: true });
  feed.onerror = lost;
}

/** What another node does, as often as it takes; ends when it is closed. */
function poll() {
  const own = { isOpen: true, close: () => (own.isOpen = false) };
  const ask = async () => {
    let answer;
    let status = 200;
    try {
      answer = { now: await get('../api/v1/now'), isLive: true };
    } catch (refusal) {
      answer = { isLive: false };
      status = refusal.status;
    }
    if (!own.isOpen) {
      return;
    }
    if (status === 401) {
      end(SESSION_ENDED);
      return;
    }
    update(answer);
    if (status === 404) {
      readNodes();
    }
    window.setTimeout(() => own.isOpen && ask(), POLL);
  };
  ask();
  return own;
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
      end(SESSION_ENDED);
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
