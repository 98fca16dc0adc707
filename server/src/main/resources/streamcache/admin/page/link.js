// Makes a link from the URL of a film.

import { html } from './lit-html.js';
import { post } from './api.js';

const LINKS = '../api/v1/links';

export function link(state, update) {
  const submit = async (event) => {
    event.preventDefault();
    const { url } = event.target.elements;
    try {
      update({ link: await post(LINKS, { url: url.value.trim() }), problem: '' });
    } catch (refusal) {
      update({ link: null, problem: refusal.message });
    }
  };
  return html`
    <h1>Make a link</h1>
    <p class="quiet">
      A sealed link plays the film through this cache and shows nobody the URL. Put it into a <code>.strm</code> file.
    </p>
    <form class="card" @submit=${submit}>
      <label>URL of the film at its provider <input name="url" type="url" required autocomplete="off" /></label>
      <p><button class="main">Make the link</button></p>
    </form>
    ${state.link ? made(state.link) : ''}
  `;
}

function made(row) {
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${row.link}\n`)}`;
  const name = `${row.name.replace(/\.[a-z0-9]{2,4}$/i, '').replace(/[\\/:*?"<>|]/g, '_')}.strm`;
  return html`
    <article class="card">
      <h3>${row.name}</h3>
      <p class="quiet">from ${row.host}</p>
      <p><code>${row.link}</code></p>
      <p>
        <button @click=${() => navigator.clipboard?.writeText(row.link)}>Copy</button>
        <a href=${file} download=${name}>Download ${name}</a>
      </p>
    </article>
  `;
}
