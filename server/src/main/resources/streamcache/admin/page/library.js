// The folders of the library: which files have links, and which get them.

import { html } from './lit-html.js';
import { get, post } from './api.js';
import { moment } from './format.js';

const API = '../api/v1/library';

/** A walk through a large library takes minutes; its progress is asked for meanwhile. */
const AGAIN_MILLIS = 1000;

const KINDS = {
  linked: 'Have a link',
  wrap: 'Get a link',
  rebase: 'Get a link in place of one that is out of date',
  left: 'Left alone',
  faulty: 'Need attention',
};

let timer = 0;

export async function readLibrary(update) {
  window.clearTimeout(timer);
  try {
    const library = await get(API);
    update({ library, problem: '' });
    if (library.survey?.state === 'running' && window.location.hash === '#library') {
      timer = window.setTimeout(() => readLibrary(update), AGAIN_MILLIS);
    }
  } catch (refusal) {
    update({ problem: refusal.message });
  }
}

export function library(state, update) {
  const { folders = [], survey } = state.library ?? {};
  const isRunning = survey?.state === 'running';
  return html`
    <h1>Library</h1>
    <p class="quiet">
      ${folders.length === 0
        ? html`No folder is configured; set <code>STRM_WRAP</code> or an <code>[import NAME]</code> block.`
        : html`<code>.strm</code> files in ${folders.map((folder) => html`<code>${folder}</code> `)}`}
    </p>
    <div class="tools">
      <button ?disabled=${isRunning || folders.length === 0} @click=${() => begin(`${API}/survey`, {}, update)}>Look through it</button>
      ${canWrap(survey) ? html`<button @click=${() => wrap(survey, update)}>Give these files links</button>` : ''}
    </div>
    ${survey ? result(survey) : ''}
  `;
}

function canWrap(survey) {
  return survey?.state === 'done' && !survey.writes && changes(survey) > 0;
}

function changes(survey) {
  return survey.kinds
    .filter(({ kind }) => kind === 'wrap' || kind === 'rebase')
    .reduce((sum, { count }) => sum + count, 0);
}

function result(survey) {
  const words = { running: 'Looking', done: survey.writes ? 'Written' : 'Looked through', stopped: 'Stopped', failed: 'The disk failed; see the log' };
  return html`
    <p role="status">${words[survey.state]}: ${survey.files.toLocaleString()} ${survey.files === 1 ? 'file' : 'files'}, begun ${moment(survey.begun)}.</p>
    ${survey.kinds.map(
      (group) => html`
        <details class="card">
          <summary>${survey.writes ? done(group.kind) : KINDS[group.kind]}${group.words === '' ? '' : ` (${group.words})`}: ${group.count.toLocaleString()}</summary>
          ${group.named.map((file) => html`<p><code>${file}</code></p>`)}
          ${group.count > group.named.length ? html`<p class="quiet">… and ${(group.count - group.named.length).toLocaleString()} more</p>` : ''}
        </details>
      `,
    )}
  `;
}

function done(kind) {
  return kind === 'wrap' || kind === 'rebase' ? 'Were given a link' : KINDS[kind];
}

function wrap(survey, update) {
  if (window.confirm(`Write links into ${changes(survey).toLocaleString()} files? 'streamcache strm unwrap' puts the URLs back.`)) {
    begin(`${API}/wrap`, { preview: survey.id }, update);
  }
}

async function begin(path, body, update) {
  try {
    update({ library: await post(path, body), problem: '' });
    await readLibrary(update);
  } catch (refusal) {
    update({ problem: refusal.message });
  }
}
