// Asks for the token.

import { html } from './lit-html.js';
import { logIn } from './api.js';

/** @param state what the page shows; `problem` is a sentence, or empty */
export function login(state, begin, update) {
  const submit = async (event) => {
    event.preventDefault();
    const field = event.target.elements.token;
    try {
      await logIn(field.value.trim());
      begin();
    } catch (refusal) {
      update({ problem: refusal.message });
      field.select();
    }
  };
  return html`
    <main class="login card">
      <h1>Streamcache</h1>
      <p class="quiet">
        The token was printed when the server started for the first time, and is in the file
        <code>admin.token</code> of its configuration folder.
      </p>
      <form @submit=${submit}>
        <label>Token <input name="token" type="password" autocomplete="current-password" required autofocus /></label>
        ${state.problem ? html`<p class="bad" role="alert">${state.problem}</p>` : ''}
        <button class="main">Log in</button>
      </form>
    </main>
  `;
}
