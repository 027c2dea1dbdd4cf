/** A feed's rows in the order of their keys, found by how the key begins. */

import { at } from './api.js';
import { h } from './dom.js';
import { feeds } from './feeds.js';
import { announce } from './notes.js';
import { choice, field, heading, link, search } from './parts.js';
import { pages } from './pages.js';
import { filter, go } from './route.js';
import { empty, failure, loading, trouble } from './states.js';
import { table } from './table.js';
import { text } from './text.js';
import { value } from './value.js';

export function rows({ path: [, feed], query, signal }) {
  const place = h('div', {}, loading());
  const filters = h('form', { class: 'filters', submit: (event) => event.preventDefault(), 'aria-label': text.filters });
  const section = h('section', {}, heading(text.rows.title), filters, place);
  feeds().then((all) => {
    if (all.length === 0) {
      place.replaceChildren(empty(text.overview.none, text.overview.noneHint));
      return;
    }
    const chosen = feed ?? all[0].name;
    const found = results(chosen, query.prefix ?? '', signal);
    filters.replaceChildren(
      field(text.objects.feed, choice(all.map(({ name }) => [name, name]), chosen, (name) => go(['rows', name]))),
      field(text.rows.prefix, search(query.prefix ?? '', text.rows.prefixHint, (prefix) => {
        filter(['rows', chosen], { prefix });
        found.look(prefix);
      })));
    place.replaceChildren(found.element);
  }).catch((problem) => place.replaceChildren(failure(problem, () => section.replaceWith(rows({ path: [, feed], query, signal }).element))));
  return { title: text.rows.title, element: section };
}

function results(feed, first, signal) {
  const alarm = trouble();
  const place = h('div', { class: 'wide-table' }, loading());
  let list = pages(at('feeds', feed, 'rows'), signal);
  let prefix = first;

  async function show() {
    const asked = prefix;
    try {
      const { items, hasMore } = await list.load({ prefix: asked });
      if (asked !== prefix) return;
      alarm.clear();
      if (items.length === 0) place.replaceChildren(nothing(feed, prefix));
      else place.replaceChildren(grid(feed, items, hasMore, more));
      announce(text.rows.found(items.length, hasMore));
    } catch (problem) {
      if (!signal.aborted) alarm.show(problem, show);
    }
  }

  function more() {
    list.more();
    show();
  }

  function look(wanted) {
    prefix = wanted;
    list = pages(at('feeds', feed, 'rows'), signal);
    show();
  }

  look(first);
  return { element: h('div', {}, alarm.place, place), look };
}

function nothing(feed, prefix) {
  return prefix
    ? empty(text.rows.noneHere(prefix), text.rows.noneHereHint)
    : empty(text.rows.none, link(text.objects.noneHint, ['upload'], { feed }));
}

function grid(feed, items, hasMore, more) {
  const names = [...new Set(items.flatMap(({ data }) => Object.keys(data)))];
  const shown = table(text.rows.of(feed), [
    { name: text.rows.key, show: (row) => link(row.key, ['rows', feed, row.key], {}, { class: 'key' }), className: 'first' },
    ...names.map((name) => ({ name, show: ({ data }) => value(data[name]), className: 'data' })),
  ], ({ key }) => key, more);
  shown.show(items, hasMore);
  return shown.element;
}
