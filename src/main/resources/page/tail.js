/** The live tail of the change feed. */

import { changes } from './changes.js';
import { h } from './dom.js';
import { feeds } from './feeds.js';
import { choice, field, heading, search } from './parts.js';
import { filter } from './route.js';
import { text } from './text.js';

export function tail({ query, signal }) {
  let asked = { feed: query.feed ?? '', key: query.key ?? '' };
  const heard = changes(asked, signal);
  const pick = h('span', {});
  feeds().then((all) => pick.replaceWith(
    field(text.objects.feed, choice([['', text.all], ...all.map(({ name }) => [name, name])], asked.feed, set('feed'))))).catch(() => {});

  function set(name) {
    return (value) => {
      asked = { ...asked, [name]: value };
      filter(['live'], asked);
      heard.refilter(asked);
    };
  }

  return {
    title: text.live.title,
    element: h('section', {}, heading(text.live.title, heard.status),
      h('form', { class: 'filters', submit: (event) => event.preventDefault(), 'aria-label': text.filters },
        pick, field(text.live.key, search(asked.key, text.live.keyHint, set('key'), 500))),
      heard.element),
  };
}
