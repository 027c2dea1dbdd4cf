/** The records of an object that became no rows. */

import { at } from './api.js';
import { h, keep } from './dom.js';
import { count } from './format.js';
import { pages } from './pages.js';
import { record } from './record.js';
import { failure, loading } from './states.js';
import { text } from './text.js';

const PAGE = 20;

/** Shows the first of them; looks again when there are more, and begins anew when the object's version is another. */
export function rejects(id, signal) {
  const all = pages(at('objects', id, 'rejects'), signal, PAGE);
  const list = h('ol', { class: 'rejects' });
  const button = h('button', { type: 'button', class: 'more', click: () => {
    all.more();
    load();
  } }, text.more);
  const place = h('div', {});
  let shownOf = '';
  let reading = '';
  let looks = 0;

  async function load() {
    looks += 1;
    const look = looks;
    try {
      const { items, hasMore } = await all.load({});
      // The last one to ask has the latest.
      if (look !== looks) return;
      keep(list, items, ({ offset }) => offset, one);
      button.hidden = !hasMore;
      if (!place.contains(list)) place.replaceChildren(list, button);
    } catch (problem) {
      if (look === looks && !signal.aborted) place.replaceChildren(failure(problem, load));
    }
  }

  return {
    element: place,
    show({ version, started, finished, rejects: number }) {
      const of = JSON.stringify([version, started, finished, number]);
      if (of === shownOf) return;
      shownOf = of;
      if (reading !== `${version} ${started}`) {
        reading = `${version} ${started}`;
        all.reset();
        place.replaceChildren(loading());
      }
      if (number > 0) {
        load();
      } else {
        looks += 1;
        place.replaceChildren(h('p', { class: 'soft' }, text.rejects.none));
      }
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
