/** The records of an object that became no rows. */

import { at, get } from './api.js';
import { h } from './dom.js';
import { count } from './format.js';
import { record } from './record.js';
import { failure, loading } from './states.js';
import { text } from './text.js';

const PAGE = 20;

/** Shows them from the first whenever the object's version is another. */
export function rejects(id, signal) {
  const place = h('div', {});
  let shownOf = '';

  async function page(list, button, cursor) {
    button.disabled = true;
    try {
      const answer = await get(at('objects', id, 'rejects'), { limit: PAGE, cursor }, signal);
      list.append(...answer.items.map(one));
      button.hidden = !answer.cursor;
      button.onclick = () => page(list, button, answer.cursor);
    } catch (problem) {
      if (!signal.aborted) place.replaceChildren(failure(problem, () => load()));
    } finally {
      button.disabled = false;
    }
  }

  async function load() {
    const list = h('ol', { class: 'rejects' });
    const button = h('button', { type: 'button', class: 'more', hidden: true }, text.more);
    place.replaceChildren(loading());
    await page(list, button, '');
    if (place.querySelector('.loading')) place.replaceChildren(list, button);
  }

  return {
    element: place,
    show(object) {
      const of = `${object.version} ${object.started} ${object.rejects > 0}`;
      if (of === shownOf) return;
      shownOf = of;
      if (object.rejects > 0) load();
      else place.replaceChildren(h('p', { class: 'soft' }, text.rejects.none));
    },
  };
}

function one(reject) {
  return h('li', {},
    h('p', { class: 'why' },
      h('strong', {}, text.rejects.line(count(reject.line))),
      reject.column && h('span', {}, text.rejects.column, h('code', {}, reject.column)),
      h('span', { class: 'badge failed plain' }, reject.reason),
      h('span', { class: 'soft' }, text.rejects.offset(count(reject.offset)))),
    h('p', {}, reject.message),
    record(reject));
}
