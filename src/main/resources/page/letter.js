/** One dead letter: look, send again, discard with a reason. */

import { at, get, post, remove } from './api.js';
import { h } from './dom.js';
import { attempt, note } from './notes.js';
import { action, facts, heading, link, when } from './parts.js';
import { go } from './route.js';
import { complaint, failure, loading } from './states.js';
import { text } from './text.js';
import { json } from './value.js';

const LONGEST_REASON = 500;

export function letter({ path: [, id], signal }) {
  const place = h('div', {}, loading());
  const discard = asking(id);
  const title = heading(text.letter.title,
    action(text.letter.redrive, async () => {
      if (await attempt(() => post(at('letters', id, 'redrive')), text.letter.redriven)) go(['letters']);
    }, 'main'),
    h('button', { type: 'button', class: 'danger', click: () => discard.showModal() }, text.letter.discard));

  async function look() {
    place.replaceChildren(loading());
    try {
      const one = await get(at('letters', id), {}, signal);
      title.querySelector('h1').replaceChildren(text.letters.words(one.reason));
      place.replaceChildren(...sections(one));
    } catch (problem) {
      if (!signal.aborted) place.replaceChildren(failure(problem, look));
    }
  }

  signal.addEventListener('abort', () => discard.close());
  look();
  return {
    title: text.letter.title,
    element: h('section', {}, h('p', { class: 'trail' }, link(text.letters.title, ['letters'])), title, place, discard),
  };
}

function sections(one) {
  return [
    facts([
      [text.letters.origin, h('code', {}, one.origin)],
      [text.letters.attempts, String(one.attempts)],
      [text.letters.first, when(one.first)],
      [text.letters.last, when(one.last)],
    ], 'large'),
    facts([[text.letter.input, h('code', {}, one.inputId)], [text.letter.time, when(one.time)]]),
    h('section', { 'aria-labelledby': 'input' }, h('h2', { id: 'input' }, text.letter.whole),
      one.input === undefined
        ? h('p', { class: 'soft' }, text.letter.tooLarge)
        : h('pre', { tabindex: '0', 'aria-label': text.letter.whole }, json(one.input, 2))),
  ];
}

function asking(id) {
  const because = h('textarea', { rows: 3, maxlength: LONGEST_REASON, required: true, name: 'because' });
  const alarm = h('div', {});
  const send = h('button', { type: 'submit', class: 'danger' }, text.letter.discard);
  const dialog = h('dialog', { 'aria-labelledby': 'discard' },
    h('form', {
      method: 'dialog',
      submit: async (event) => {
        event.preventDefault();
        send.disabled = true;
        try {
          await remove(at('letters', id), { because: because.value.trim() });
          dialog.close();
          note(text.letter.discarded);
          go(['letters']);
        } catch (problem) {
          // Said in the dialog, which stays open: the reason need not be written again.
          alarm.replaceChildren(complaint(problem));
        } finally {
          send.disabled = false;
        }
      },
    },
    h('h2', { id: 'discard' }, text.letter.discardTitle),
    h('p', { class: 'soft' }, text.letter.discardHint),
    h('label', { class: 'field' }, h('span', {}, text.letter.because), because),
    alarm,
    h('div', { class: 'buttons' },
      h('button', { type: 'button', click: () => dialog.close() }, text.cancel),
      send)));
  return dialog;
}
