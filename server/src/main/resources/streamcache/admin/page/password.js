// Chooses the first password, and changes it.

import { html } from './lit-html.js';
import { setPassword } from './api.js';

export function choose(begin, update) {
  return html`
    <p>Choose a password for this page. Everybody on this network could do it until you have.</p>
    ${form(html`<button class="main">Set the password</button>`, begin, update)}
  `;
}

/** On the settings: needs the old password, or the token. */
export function change(state, update) {
  const done = () => update({ passwordNote: 'The password is set; other sessions have ended.', problem: '' });
  const current = html`
    <label>
      Old password or token <input name="current" type="password" autocomplete="current-password" required />
    </label>
  `;
  return html`
    <details class="card">
      <summary>Password of this page</summary>
      ${state.passwordNote ? html`<p role="status">${state.passwordNote}</p>` : ''}
      ${form(html`<button>Change the password</button>`, done, update, current)}
    </details>
  `;
}

function form(button, done, update, current = '') {
  const submit = async (event) => {
    event.preventDefault();
    const fields = event.target.elements;
    if (fields.password.value !== fields.again.value) {
      update({ problem: 'The two passwords are not the same.', passwordNote: '' });
      fields.again.select();
      return;
    }
    try {
      await setPassword(fields.password.value, fields.current?.value);
      event.target.reset();
      done();
    } catch (refusal) {
      update({ problem: refusal.message, passwordNote: '' });
      fields.password.select();
    }
  };
  return html`
    <form class="stack" @submit=${submit}>
      ${current}
      <label>
        New password <input name="password" type="password" autocomplete="new-password" required />
      </label>
      <label>
        The same again <input name="again" type="password" autocomplete="new-password" required />
      </label>
      <div>${button}</div>
    </form>
  `;
}
