/** Feeds at a glance. */

import { at, get } from './api.js';
import { chart } from './chart.js';
import { h, keep } from './dom.js';
import { feeds } from './feeds.js';
import { count } from './format.js';
import { facts, heading, link, when } from './parts.js';
import { poll } from './poll.js';
import { empty, loading, trouble } from './states.js';
import { text } from './text.js';

const LOOK_MS = 5000;
const MINUTES = 60;
const ORDER = ['done', 'reading', 'waiting', 'failed', 'ignored', 'missing', 'removed'];

export function overview({ signal }) {
  const list = h('div', { class: 'cards' }, loading());
  const alarm = trouble();
  const seen = new Map();

  async function look() {
    const all = await feeds();
    if (all.length === 0) {
      list.replaceChildren(empty(text.overview.none, text.overview.noneHint));
      return;
    }
    // One after the other: many feeds are no reason to ask for all of them at once.
    for (const feed of all) {
      seen.set(feed.name, await get(at('feeds', feed.name, 'activity'), { minutes: MINUTES }, signal));
      show(all);
    }
    alarm.clear();
  }

  function show(all) {
    if (list.querySelector('.state')) list.replaceChildren();
    keep(list, all.map((feed) => ({ feed, activity: seen.get(feed.name) })), ({ feed }) => feed.name, card);
  }

  poll(look, (problem) => {
    if (seen.size === 0) list.replaceChildren();
    alarm.show(problem);
  }, LOOK_MS, signal);
  return {
    title: text.name,
    element: h('section', {}, heading(text.overview.title, h('p', { class: 'soft' }, text.overview.lead)), alarm.place, list),
  };
}

function card({ feed, activity }) {
  const id = `feed-${feed.name}`;
  return h('article', { class: 'card', 'aria-labelledby': id, 'data-feed': feed.name },
    h('header', {},
      h('h2', { id }, feed.name),
      h('p', { class: 'soft' }, h('code', {}, feed.match), ' · ', feed.format),
      h('p', { class: 'links' },
        link(text.places.rows, ['rows', feed.name]), link(text.places.objects, ['objects'], { feed: feed.name }),
        link(text.places.live, ['live'], { feed: feed.name }))),
    activity ? glance(feed, activity) : loading());
}

function glance(feed, { counts, backlog, rowsPerMinute, lastFailure }) {
  const failed = lastFailure && [link(lastFailure.key, ['objects', lastFailure.id]), h('p', { class: 'soft' }, lastFailure.reason, ' · ', when(lastFailure.at))];
  return [
    states(feed, counts),
    chart(rowsPerMinute, MINUTES),
    facts([
      [text.overview.key, text.overview.keyOf(feed.key)],
      [text.overview.backlog, backlog === 0 ? text.overview.noBacklog : text.overview.waiting(count(backlog), backlog)],
      [text.overview.lastFailure, ...(failed || [text.overview.noFailure])],
    ]),
  ];
}

function states(feed, counts) {
  const known = ORDER.filter((state) => counts[state] > 0);
  if (known.length === 0) return h('p', { class: 'soft' }, text.overview.noObjects, ' ', link(text.overview.send, ['upload'], { feed: feed.name }));
  return h('div', { class: 'states' },
    h('div', { class: 'stack', 'aria-hidden': 'true' },
      known.map((state) => h('span', { class: state, style: { 'flex-grow': counts[state] } }))),
    h('ul', {}, known.map((state) => {
      const words = text.overview.inState(count(counts[state]), text.states[state]);
      return h('li', {},
        h('span', { class: `dot ${state}`, 'aria-hidden': 'true' }),
        link(words, ['objects'], { feed: feed.name, state }));
    })));
}
