/** The objects, the latest first, as they change. */

import { post } from './api.js';
import { h } from './dom.js';
import { feeds } from './feeds.js';
import { attempt, announce, note } from './notes.js';
import { action, choice, field, heading, link, number, state, when } from './parts.js';
import { pages } from './pages.js';
import { poll } from './poll.js';
import { filter } from './route.js';
import { empty, loading, trouble } from './states.js';
import { table } from './table.js';
import { text } from './text.js';

const LOOK_MS = 2000;
const MOST_AT_ONCE = 100;
const NO_FEED = '-';
const STATES = ['waiting', 'reading', 'done', 'failed', 'ignored', 'missing', 'removed'];

export function objects({ query, signal }) {
  const list = pages('api/objects', signal);
  const chosen = new Set();
  let asked = query;
  const alarm = trouble();
  const again = action(text.objects.replay(0), replayChosen);
  again.hidden = true;

  const shown = table(text.objects.title, [
    { name: h('span', { class: 'unseen' }, text.objects.choose), show: box, className: 'pick' },
    { name: text.objects.key, show: (one) => link(one.key, ['objects', one.id], {}, { class: 'key' }), className: 'first' },
    { name: text.objects.feed, show: (one) => (one.feed === NO_FEED ? text.none : one.feed) },
    { name: text.objects.state, show: (one) => state(one.state, one.reason) },
    { name: text.objects.rows, show: (one) => number(one.rows), className: 'number' },
    { name: text.objects.rejects, show: (one) => number(one.rejects), className: 'number' },
    { name: text.objects.firstError, show: error, className: 'wide' },
    { name: text.objects.updated, show: (one) => when(one.updated) },
  ], (one) => one.id, more);
  const place = h('div', {}, loading());
  const filters = h('form', { class: 'filters', submit: (event) => event.preventDefault(), 'aria-label': text.filters });

  feeds().then((all) => filters.replaceChildren(
    field(text.objects.feed, choice(
      [['', text.all], ...all.map(({ name }) => [name, name]), [NO_FEED, text.objects.noFeed]], asked.feed ?? '', set('feed'))),
    field(text.objects.state, choice(
      [['', text.all], ...STATES.map((word) => [word, text.states[word]])], asked.state ?? '', set('state'))),
    field(text.objects.from, moment('from')),
    field(text.objects.to, moment('to')),
  )).catch(() => {});

  function set(name) {
    return (value) => {
      asked = { ...asked, [name]: value };
      filter(['objects'], asked);
      list.reset();
      chosen.clear();
      tally();
      look();
    };
  }

  /** In the reader's own time; in the address and for Sluice as an instant. */
  function moment(name) {
    const change = set(name);
    return h('input', {
      type: 'datetime-local', value: local(asked[name]),
      change: ({ target }) => change(target.value ? new Date(target.value).toISOString() : ''),
    });
  }

  function box(one) {
    return h('input', {
      type: 'checkbox', value: one.id, 'aria-label': text.objects.chooseOne(one.key), checked: chosen.has(one.id),
      change: ({ target }) => {
        if (target.checked) chosen.add(one.id);
        else chosen.delete(one.id);
        tally();
      },
    });
  }

  function tally() {
    place.querySelectorAll('input').forEach((one) => { one.checked = chosen.has(one.value); });
    again.hidden = chosen.size === 0;
    again.textContent = text.objects.replay(chosen.size);
  }

  async function replayChosen() {
    const ids = [...chosen].slice(0, MOST_AT_ONCE);
    const reply = await attempt(() => post('api/objects/replay', { ids }));
    if (!reply) return;
    const outcomes = Object.groupBy(reply.items, ({ outcome }) => outcome);
    note(Object.entries(outcomes).map(([outcome, { length }]) => text.objects.replayed[outcome](length)).join(' '));
    const { failed = [] } = outcomes;
    ids.filter((id) => !failed.some((one) => one.id === id)).forEach((id) => chosen.delete(id));
    tally();
    look();
  }

  function more() {
    list.more();
    look();
  }

  let said = '';
  async function ask() {
    const { feed, state: word, from, to } = asked;
    const { items, hasMore } = await list.load({ feed, state: word, from, to });
    alarm.clear();
    if (items.length === 0) {
      place.replaceChildren(narrowed()
        ? empty(text.objects.noneHere, text.objects.noneHereHint)
        : empty(text.objects.none, link(text.objects.noneHint, ['upload'])));
    } else if (!place.contains(shown.element)) {
      place.replaceChildren(shown.element);
    }
    shown.show(items, hasMore);
    const tell = text.objects.found(items.length, hasMore);
    if (tell !== said) announce(tell);
    said = tell;
  }

  function narrowed() {
    return Object.values(asked).some((value) => value !== '');
  }

  const look = poll(ask, (problem) => {
    if (!place.contains(shown.element)) place.replaceChildren();
    alarm.show(problem);
  }, LOOK_MS, signal);
  return { title: text.objects.title, element: h('section', {}, heading(text.objects.title, again), filters, alarm.place, place) };
}

function error({ firstError, message }) {
  if (!firstError) return message || '';
  return h('span', { title: firstError.message }, text.objects.atLine(firstError.line), ' ', firstError.message);
}

function local(instant) {
  if (!instant || Number.isNaN(Date.parse(instant))) return '';
  const date = new Date(instant);
  return new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
