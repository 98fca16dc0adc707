// What was learned about the providers.

import { html } from './lit-html.js';

export const PROVIDERS = '../api/v1/providers';

export function providers(state) {
  const rows = state.providers?.providers ?? [];
  return html`
    <h1>Providers</h1>
    <p class="quiet">What their answers have shown. What is set for a provider in <code>streamcache.conf</code> comes first.</p>
    ${rows.length === 0 ? html`<p class="quiet">Nothing was learned yet.</p>` : rows.map(provider)}
  `;
}

function provider(row) {
  return html`
    <article class="card">
      <h3>${row.account}</h3>
      <ul>
        ${row.learned.map((line) => html`<li>${line}</li>`)}
      </ul>
    </article>
  `;
}
