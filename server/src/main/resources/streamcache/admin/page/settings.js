// The settings in effect, and a form for each that can change while the server runs.

import { html } from './lit-html.js';
import { logLevel } from './loglevel.js';
import { change } from './password.js';
import { get, patch, remove } from './api.js';

export const SETTINGS = '../api/v1/settings';

/** Each begins with this setting and ends before the next one; the server lists settings in the order of its documentation. */
const GROUPS = [
  ['PORT', 'Addresses and folders'],
  ['CACHE_MAX_BYTES', 'Store'],
  ['RANGE_TEE_THRESHOLD', 'Playing'],
  ['PROVIDER_MAX_CONNECTIONS', 'Connections to providers'],
  ['REQUIRE_SIGNED', 'Links and TLS'],
  ['CLIENT_IDLE_MAX', 'Limits of players'],
  ['ERROR_VIDEO', 'Films that are gone'],
  ['STRM_DIRS', 'Library'],
  ['WEBHOOK_URL', 'Webhook, this page, log'],
];

/** Whether the operator has opened or closed a group, by its name; kept while the settings in it change. */
const chosen = new Map();

export function settings(state, update) {
  const { settings: rows = [], providers = [] } = state.settings ?? {};
  return html`
    <h1>Settings</h1>
    ${change(state, update)} ${logLevel(state, update)}
    <p class="quiet">
      What is changed here is written to <code>${state.settings?.file ?? 'streamcache.conf'}</code> and takes effect at
      once. Settings without a field need a restart, or are set in the environment or by flags. Secrets are not shown.
    </p>
    <p role="status" class=${state.isRefused ? 'bad' : 'quiet'}>${state.said ?? ''}</p>
    <h2>Server</h2>
    <div class="tools">
      <label>
        Search settings
        <input type="search" .value=${state.settingsQuery ?? ''} @input=${(event) => update({ settingsQuery: event.target.value })} />
      </label>
    </div>
    ${groups(rows, state, update)}
    <h2>Providers</h2>
    <div class="grid">${providers.map((block) => provider(block, state, update))}</div>
    ${newKey(state, update)}
  `;
}

/** The groups in which something is found: those with changed settings are open, and while one searches, all. */
function groups(rows, state, update) {
  const query = (state.settingsQuery ?? '').trim().toLowerCase();
  const found = grouped(rows)
    .map((group) => ({ ...group, shown: group.rows.filter((row) => `${row.name} ${row.meaning}`.toLowerCase().includes(query)) }))
    .filter((group) => group.shown.length > 0);
  return found.length === 0 && rows.length > 0
    ? html`<p class="quiet">No setting has this text.</p>`
    : found.map((group) => section(group, query !== '', state, update));
}

function grouped(rows) {
  const all = [];
  for (const row of rows) {
    const group = GROUPS.find(([first]) => first === row.name);
    if (group || all.length === 0) {
      all.push({ name: group?.[1] ?? 'General', rows: [] });
    }
    all.at(-1).rows.push(row);
  }
  return all;
}

function section(group, isSearch, state, update) {
  const changed = group.rows.filter((row) => row.from !== 'default').length;
  const remember = (event) => {
    if (!isSearch) {
      chosen.set(group.name, event.target.open);
      update({});
    }
  };
  return html`
    <details class="group" ?open=${isSearch || (chosen.get(group.name) ?? changed > 0)} @toggle=${remember}>
      <summary>${group.name} <span class="quiet">${changed === 0 ? '' : `${changed} of `}${group.rows.length}${changed === 0 ? '' : ' changed'}</span></summary>
      <div class="grid">${group.shown.map((row) => setting(row, state, update))}</div>
    </details>
  `;
}

function setting(row, state, update) {
  return html`
    <article class="card">
      <h3><code>${row.name}</code></h3>
      <p>${row.value ?? row.default} <span class="quiet">(${row.from})</span></p>
      <p class="quiet">${row.meaning}</p>
      ${row.changeable ? form(row, state, update) : ''}
    </article>
  `;
}

function form(row, state, update) {
  const change = (value) => send(state, update, (tag) => patch(SETTINGS, { [row.name]: value }, tag));
  return html`
    <form class="tools" @submit=${(event) => submit(event, (data) => change(data.get('value')))}>
      <label>New value <input name="value" required placeholder=${row.allowed} aria-label="New value of ${row.name}" /></label>
      <button>Change</button>
      ${row.from === 'default' ? '' : html`<button type="button" aria-label="Use the default of ${row.name}" @click=${() => change(null)}>Default</button>`}
    </form>
  `;
}

function provider(block, state, update) {
  return html`
    <article class="card">
      <h3>${block.hosts}</h3>
      ${block.keys.map((key) => html`<p><code>${key.name}</code> ${key.value} <span class="quiet">${key.changeable ? '' : '(needs a restart)'}</span></p>`)}
      <button aria-label="Remove ${block.hosts}" @click=${() => removeBlock(block, state, update)}>Remove</button>
    </article>
  `;
}

function newKey(state, update) {
  const set = (data) => {
    const value = data.get('value').trim();
    const body = { [data.get('key')]: value === '' ? null : value };
    return send(state, update, (tag) => patch(path(data.get('hosts')), body, tag));
  };
  return html`
    <form class="tools" @submit=${(event) => submit(event, set)}>
      <label>Hosts <input name="hosts" required placeholder="panel.example.org:8080" /></label>
      <label>
        Key
        <select name="key">
          ${KEYS.map((key) => html`<option>${key}</option>`)}
        </select>
      </label>
      <label>Value <input name="value" placeholder="empty removes the key" /></label>
      <button>Set for this provider</button>
    </form>
  `;
}

const KEYS = [
  'MAX_CONNECTIONS',
  'COOL_DOWN',
  'FILL_HOURS',
  'FILL_QUOTA',
  'FILL_RATE_LIMIT',
  'RATE_LIMIT',
  'COMPLETE_AFTER',
  'ADMISSION',
  'AGENT',
  'HEADER',
  'RANGE_SIZE',
  'PROXY',
];

function path(hosts) {
  return `../api/v1/providers/${encodeURIComponent(hosts.trim())}/settings`;
}

function submit(event, action) {
  event.preventDefault();
  const form = event.target;
  action(new FormData(form)).then((isDone) => isDone && form.reset());
}

function removeBlock(block, state, update) {
  if (window.confirm(`Remove all settings of ${block.hosts}?`)) {
    send(state, update, (tag) => remove(path(block.hosts), tag));
  }
}

/** A file that somebody else has changed is read again, so that the next attempt is for what it holds. */
async function send(state, update, request) {
  try {
    const settings = await request(state.settings.etag);
    update({ settings, said: ['Changed.', ...(settings.warnings ?? [])].join(' '), isRefused: false });
    return true;
  } catch (refusal) {
    update({ said: refusal.message, isRefused: true });
    if (refusal.status === 412) {
      update({ settings: await get(SETTINGS) });
    }
    return false;
  }
}
