/** One object: what became of it, and having it read again. */

import { at, get, post } from './api.js';
import { h } from './dom.js';
import { count, duration, size } from './format.js';
import { attempt } from './notes.js';
import { action, facts, heading, link, state, when } from './parts.js';
import { poll } from './poll.js';
import { rejects } from './rejects.js';
import { loading, trouble } from './states.js';
import { text } from './text.js';
import { timeline } from './timeline.js';

const LOOK_MS = 2000;

export function object({ path: [, id], signal }) {
  const alarm = trouble();
  const title = heading(text.object.title, action(text.object.replay, replay));
  const place = h('div', {}, loading());
  const bad = rejects(id, signal);
  const badSection = h('section', { 'aria-labelledby': 'rejects' }, h('h2', { id: 'rejects' }, text.rejects.title), bad.element);
  let print = '';

  async function ask() {
    const one = await get(at('objects', id), {}, signal);
    alarm.clear();
    bad.show(one);
    const now = JSON.stringify(one);
    if (now === print) return;
    print = now;
    title.querySelector('h1').replaceChildren(one.key);
    document.title = `${one.key} · ${text.name}`;
    place.replaceChildren(...sections(one), badSection);
  }

  async function replay() {
    await attempt(() => post(at('objects', id, 'replay')), text.object.replayed);
    look();
  }

  const look = poll(ask, (problem) => {
    if (!print) place.replaceChildren();
    alarm.show(problem);
  }, LOOK_MS, signal);
  return {
    title: text.object.title,
    element: h('section', {}, h('p', { class: 'trail' }, link(text.objects.title, ['objects'])), title, alarm.place, place),
  };
}

function sections(one) {
  return [
    facts([
      [text.objects.state, state(one.state, one.reason)],
      [text.objects.feed, one.feed === '-' ? text.none : link(one.feed, ['rows', one.feed])],
      [text.object.took, one.finished ? duration(Date.parse(one.finished) - Date.parse(one.started)) : text.object.running],
      [text.object.bytes, size(one.bytes)],
    ], 'large'),
    h('section', { 'aria-labelledby': 'counts' }, h('h2', { id: 'counts' }, text.object.counts), counts(one)),
    one.firstError && h('section', { 'aria-labelledby': 'first' }, h('h2', { id: 'first' }, text.objects.firstError), first(one.firstError)),
    one.message && h('section', { 'aria-labelledby': 'message' }, h('h2', { id: 'message' }, text.object.message), h('p', {}, one.message)),
    h('section', { 'aria-labelledby': 'timeline' }, h('h2', { id: 'timeline' }, text.object.timeline), timeline(one)),
    facts([
      [text.object.bucket, h('code', {}, one.bucket)],
      [text.object.version, h('code', {}, one.version || text.none)],
      one.parts && [text.object.parts, text.object.partsDone(one.parts.count, one.parts.done)],
      [text.objects.updated, when(one.updated)],
    ]),
  ].filter(Boolean);
}

/** Records are rows, rejects and dropped ones together, which is said as it is counted. */
function counts({ records, rows, rejects: bad, dropped, removed }) {
  const part = (value, name, className = '') => h('li', { class: className }, h('strong', {}, count(value)), ' ', name(value));
  return h('ul', { class: 'sum' },
    part(records, text.object.records), part(rows, text.object.rows, 'is'), part(bad, text.object.rejects, bad ? 'bad' : ''),
    part(dropped, text.object.dropped), removed > 0 && part(removed, text.object.removed, 'apart'));
}

function first({ line, offset, column, pointer, reason, message }) {
  return h('div', { class: 'first-error' },
    facts([
      [text.object.line, count(line)],
      [text.object.column, column ? h('code', {}, column) : text.none],
      [text.object.offset, count(offset)],
      pointer && [text.object.pointer, h('code', {}, pointer)],
      [text.object.reason, h('code', {}, reason)],
    ]),
    h('p', {}, message));
}
