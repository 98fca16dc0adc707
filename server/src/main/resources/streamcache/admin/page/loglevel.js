// How much the server logs.

import { html } from './lit-html.js';
import { get, put } from './api.js';

const PATH = '../api/v1/log-level';

/** What can be chosen; zero seconds stand for the next start. */
const TIMES = [
  [900, 'for 15 minutes'],
  [3600, 'for an hour'],
  [0, 'until the next start'],
];

export async function readLogLevel(update) {
  try {
    update({ logLevel: await get(PATH) });
  } catch (refusal) {
    update({ problem: refusal.message });
  }
}

export function logLevel(state, update) {
  const now = state.logLevel;
  if (!now) {
    return '';
  }
  const submit = async (event) => {
    event.preventDefault();
    const { level, time } = event.target.elements;
    const seconds = Number(time.value);
    try {
      update({
        logLevel: await put(PATH, { level: level.value, ...(seconds > 0 ? { forSeconds: seconds } : {}) }),
        problem: '',
      });
    } catch (refusal) {
      update({ problem: refusal.message });
    }
  };
  return html`
    <article class="card">
      <h3>Log</h3>
      <p role="status">Level ${now.level}${now.restSeconds === undefined ? '' : `, then ${now.configured} again`}</p>
      <form class="tools" @submit=${submit}>
        <label>
          Level
          <select name="level">
            ${['error', 'warn', 'info', 'debug'].map(
              (word) => html`<option ?selected=${word === now.level}>${word}</option>`,
            )}
          </select>
        </label>
        <label>
          Time
          <select name="time">
            ${TIMES.map(([seconds, words]) => html`<option value=${seconds}>${words}</option>`)}
          </select>
        </label>
        <button>Change the level</button>
      </form>
    </article>
  `;
}
