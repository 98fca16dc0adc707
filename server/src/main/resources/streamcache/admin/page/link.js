// Makes a link from the URL of a film, and tests it.

import { html } from './lit-html.js';
import { post } from './api.js';

const LINKS = '../api/v1/links';

/** Seconds of the film that a test plays. */
const TRIAL = 10;

export function link(state, update) {
  const submit = async (event) => {
    event.preventDefault();
    const url = event.target.elements.url.value.trim();
    try {
      update({ link: { ...(await post(LINKS, { url })), url }, problem: '' });
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
    ${state.link ? made(state.link, update) : ''}
  `;
}

function made(row, update) {
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
        <button @click=${() => test(row, update)} ?disabled=${row.isTested}>Test</button>
      </p>
      ${row.answer ? answered(row, update) : ''}
    </article>
  `;
}

/** Asks the provider first, so that an account of one connection is free for the film. */
async function test(row, update) {
  const tested = { ...row, isTested: true };
  update({ link: tested, problem: '' });
  try {
    update({ link: { ...tested, answer: await post(`${LINKS}/test`, { url: row.url }) } });
  } catch (refusal) {
    update({ link: row, problem: refusal.message });
  }
}

function answered(row, update) {
  const { answer, link, player } = row;
  const says = (words) => update({ link: { ...row, player: words } });
  const fields = answer.fields ?? [];
  return html`
    <h4>What the provider answers</h4>
    <p role="status">
      ${answer.words ?? ''}${answer.status ? ` Status ${answer.status}` : ''}
      from ${answer.host} after ${answer.seconds.toFixed(2)} s${answer.redirects ? `, ${answer.redirects} redirects` : ''}.
    </p>
    <table>
      <tbody>
        ${fields.map(
          ({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value ?? html`<span class="quiet">hidden</span>`}</td></tr>`,
        )}
      </tbody>
    </table>
    <h4>The first seconds through this cache</h4>
    <video
      src=${path(link)} controls .muted=${true} playsinline aria-label="The first seconds of the film"
      @loadeddata=${(event) => event.target.play().catch(() => says('Press play.'))}
      @timeupdate=${(event) => stopAfterTrial(event.target)}
      @playing=${() => says('It plays.')}
      @error=${() => says('This browser cannot play it. A player may: browsers know few formats.')}
    ></video>
    <p role="status">${player ?? ''}</p>
  `;
}

/** The link as seen from this page, which may be open under another name than the link's. */
function path(link) {
  return `..${link.match(/\/e\/[^/]+\/[^/]*$/)[0]}`;
}

function stopAfterTrial(video) {
  if (video.currentTime >= TRIAL) {
    video.pause();
    video.removeAttribute('src');
    video.load();
  }
}
