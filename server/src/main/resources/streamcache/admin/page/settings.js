// The settings in effect.

import { html } from './lit-html.js';

export const SETTINGS = '../api/v1/settings';

export function settings(state) {
  const rows = state.settings?.settings ?? [];
  return html`
    <h1>Settings</h1>
    <p class="quiet">
      Set them as environment variables, in <code>streamcache.conf</code> or as flags, and restart the server. Secrets
      are not shown.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Settings">
      <table>
        <thead>
          <tr><th scope="col">Setting</th><th scope="col">Value</th><th scope="col">From</th></tr>
        </thead>
        <tbody>
          ${rows.map(setting)}
        </tbody>
      </table>
    </div>
  `;
}

function setting(row) {
  return html`
    <tr>
      <td class="name"><code>${row.name}</code><br /><span class="quiet">${row.meaning}</span></td>
      <td class="name">${row.value ?? html`<span class="quiet">${row.default}</span>`}</td>
      <td>${row.from}</td>
    </tr>
  `;
}
