/** An object's way through the pipeline, as far as it has come. */

import { h } from './dom.js';
import { duration } from './format.js';
import { when } from './parts.js';
import { text } from './text.js';

const FINAL = new Set(['done', 'failed', 'ignored', 'missing', 'removed']);

export function timeline({ state, started, finished, updated, attempts }) {
  const ended = FINAL.has(state);
  const read = attempts > 0;
  return steps([
    { name: text.timeline.known, at: started, done: true },
    { name: text.timeline.reading(attempts), at: read && !ended ? updated : null, done: read, now: state === 'reading' },
    {
      name: ended ? text.timeline.ended(text.states[state]) : text.timeline.end,
      at: finished, done: ended, bad: state === 'failed',
      note: finished && duration(Date.parse(finished) - Date.parse(started)),
    },
  ]);
}

/** @param all [{name, at, done, now, bad, note}] */
export function steps(all) {
  return h('ol', { class: 'steps' }, all.map(({ name, at, done, now, bad, note }) =>
    h('li', { class: bad ? 'failed' : done && !now ? 'done' : now ? 'now' : 'open', 'aria-current': now ? 'step' : null },
      h('span', { class: 'step' }, name),
      at && h('span', { class: 'soft' }, when(at)),
      note && h('span', { class: 'soft' }, note))));
}
