/** The dead letters: what failed for good and can be sent again. */

import { h } from './dom.js';
import { field, heading, link, number, search, when } from './parts.js';
import { pages } from './pages.js';
import { poll } from './poll.js';
import { filter } from './route.js';
import { empty, loading, trouble } from './states.js';
import { table } from './table.js';
import { text } from './text.js';

const LOOK_MS = 5000;

export function letters({ query, signal }) {
  const list = pages('api/letters', signal);
  let reason = query.reason ?? '';
  const alarm = trouble();
  const place = h('div', {}, loading());
  const shown = table(text.letters.title, [
    { name: text.letters.reason, show: (one) => link(text.letters.words(one.reason), ['letters', one.id]), className: 'first' },
    { name: text.letters.origin, show: (one) => h('code', {}, one.origin) },
    { name: text.letters.attempts, show: (one) => number(one.attempts), className: 'number' },
    { name: text.letters.first, show: (one) => when(one.first) },
    { name: text.letters.last, show: (one) => when(one.last) },
  ], (one) => one.id, () => {
    list.more();
    look();
  });

  async function ask() {
    const { items, hasMore } = await list.load({ reason });
    alarm.clear();
    if (items.length === 0) {
      place.replaceChildren(reason
        ? empty(text.letters.noneHere, text.objects.noneHereHint)
        : empty(text.letters.none, text.letters.noneHint));
    } else if (!place.contains(shown.element)) {
      place.replaceChildren(shown.element);
    }
    shown.show(items, hasMore);
  }

  const look = poll(ask, (problem) => {
    if (!place.contains(shown.element)) place.replaceChildren();
    alarm.show(problem);
  }, LOOK_MS, signal);
  return {
    title: text.letters.title,
    element: h('section', {}, heading(text.letters.title, h('p', { class: 'soft' }, text.letters.lead)),
      h('form', { class: 'filters', submit: (event) => event.preventDefault(), 'aria-label': text.filters },
        field(text.letters.reason, search(reason, text.letters.reasonHint, (word) => {
          reason = word.trim().toLowerCase().replace(/\s+/g, '-');
          filter(['letters'], { reason });
          list.reset();
          look();
        }, 500))),
      alarm.place, place),
  };
}
