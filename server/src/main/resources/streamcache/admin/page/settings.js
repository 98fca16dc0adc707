// The settings in effect.

import { html } from './lit-html.js';
import { logLevel } from './loglevel.js';
import { change } from './password.js';

export const SETTINGS = '../api/v1/settings';

export function settings(state, update) {
  const rows = state.settings?.settings ?? [];
  return html`
    <h1>Settings</h1>
    ${change(state, update)} ${logLevel(state, update)}
    <p class="quiet">
      Set them as environment variables, in <code>streamcache.conf</code> or as flags, and restart the server. Secrets
      are not shown.
    </p>
    <div class="grid">${rows.map(setting)}</div>
  `;
}

function setting(row) {
  return html`
    <article class="card">
      <h3><code>${row.name}</code></h3>
      <p>${row.value ?? row.default} <span class="quiet">(${row.from})</span></p>
      <p class="quiet">${row.meaning}</p>
    </article>
  `;
}
