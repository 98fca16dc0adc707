// What may be done with a title beside pinning and evicting it.

import { html } from './lit-html.js';
import { post } from './api.js';

const API = '../api/v1/titles';

const REVALIDATED = {
  unchanged: () => 'The provider still has this file.',
  changed: () => 'The provider has another file now; the next player gets it.',
  failed: ({ words }) => `The check failed: ${words}. What is stored stays.`,
};

/**
 * @param done called with a sentence once an action was done
 * @param failed called with the sentence of a refusal
 */
export function actions(title, done, failed) {
  const act = async (name, words) => {
    try {
      done(words(await post(`${API}/${title.id}/${name}`)));
    } catch (refusal) {
      failed(refusal.message);
    }
  };
  return html`
    ${title.isKept
      ? html`<button aria-label="Unkeep ${title.name}" @click=${() => act('unkeep', () => 'The file is no longer kept.')}>Unkeep</button>`
      : html`<button aria-label="Keep ${title.name}" ?disabled=${!title.isComplete} @click=${() => act('keep', ({ file }) => `The file is ${file} in the cache folder.`)}>Keep</button>`}
    <button aria-label="Revalidate ${title.name}" ?disabled=${!title.isComplete} @click=${() => act('revalidate', (answer) => REVALIDATED[answer.outcome](answer))}>Revalidate</button>
    <button aria-label="Forget ${title.name}" @click=${() => forget(title, act)}>Forget</button>
  `;
}

async function forget(title, act) {
  if (window.confirm(`Forget “${title.name}”, with its plays and its pin? It is downloaded again when somebody plays it.`)) {
    await act('forget', () => 'The title is forgotten.');
  }
}
