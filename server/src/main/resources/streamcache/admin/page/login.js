// Asks for the password or the token, or at the first visit for a password to be.

import { html } from './lit-html.js';
import { get, logIn } from './api.js';
import { choose } from './password.js';

/** Reads how one may log in: whether there is a password, and whether one may be chosen here. */
export async function readEntry(update) {
  try {
    update({ entry: await get('password'), isKnown: true });
  } catch (refusal) {
    update({ isKnown: true, problem: refusal.message });
  }
}

/** @param state what the page shows; `problem` is a sentence, or empty */
export function login(state, begin, update) {
  const entry = state.entry ?? { isSet: false, maySet: false, hint: '' };
  return html`
    <main class="login card">
      <h1>Streamcache</h1>
      ${state.problem ? html`<p class="bad" role="alert">${state.problem}</p>` : ''}
      ${entry.maySet ? choose(begin, update) : enter(entry, begin, update)}
      ${entry.maySet
        ? html`
            <details>
              <summary>Use the token instead</summary>
              ${enter(entry, begin, update)}
            </details>
          `
        : ''}
    </main>
  `;
}

function enter(entry, begin, update) {
  const submit = async (event) => {
    event.preventDefault();
    const field = event.target.elements.secret;
    try {
      await logIn(field.value);
      begin();
    } catch (refusal) {
      update({ problem: refusal.message });
      field.select();
    }
  };
  return html`
    <p class="quiet">${entry.hint}</p>
    <form @submit=${submit}>
      <label>
        ${entry.isSet ? 'Password or token' : 'Token'}
        <input name="secret" type="password" autocomplete="current-password" required ?autofocus=${!entry.maySet} />
      </label>
      <button class="main">Log in</button>
    </form>
  `;
}
