/** Changes as they come, the latest first; a pause holds them back, and what nobody could show is counted. */

import { h } from './dom.js';
import { listen } from './live.js';
import { facts, link } from './parts.js';
import { time, moment } from './format.js';
import { empty, trouble } from './states.js';
import { text } from './text.js';
import { json, value } from './value.js';

const MOST_SHOWN = 200;

/**
 * @param filter {feed, key}, each optional
 * @param came is called after changes came
 */
export function changes(filter, signal, came = () => {}) {
  const list = h('ol', { class: 'changes', 'aria-label': text.live.title });
  const nothing = empty(text.live.none, text.live.noneHint, ' ', link(text.live.send, ['upload']));
  const place = h('div', {}, nothing);
  const alarm = trouble();
  const status = h('span', { class: 'live', role: 'status' });
  const counts = h('span', { class: 'soft' });
  let paused = false;
  let held = [];
  let dropped = 0;

  const pause = h('button', { type: 'button', 'aria-pressed': 'false', click: () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    pause.textContent = paused ? text.live.resume : text.live.pause;
    if (!paused) {
      add(held);
      held = [];
    }
    count();
  } }, text.live.pause);
  const clear = h('button', { type: 'button', class: 'quiet', click: () => {
    list.replaceChildren();
    held = [];
    dropped = 0;
    place.replaceChildren(nothing);
    count();
  } }, text.live.clear);

  function heard(message) {
    dropped += message.dropped;
    if (paused) {
      held.push(...message.changes);
      dropped += Math.max(0, held.length - MOST_SHOWN);
      held = held.slice(-MOST_SHOWN);
    } else {
      add(message.changes);
    }
    count();
    if (message.changes.length) came();
  }

  function add(some) {
    if (some.length === 0) return;
    list.prepend(...some.slice(-MOST_SHOWN).reverse().map(one));
    while (list.childElementCount > MOST_SHOWN) list.lastElementChild.remove();
    place.replaceChildren(list);
    list.querySelectorAll('.difference:not([tabindex])').forEach(reach);
  }

  function count() {
    counts.textContent = [
      paused && held.length ? text.live.held(held.length) : '',
      dropped ? text.live.dropped(dropped) : '',
    ].filter(Boolean).join(' · ');
  }

  function told(word, problem) {
    if (word === 'live') alarm.clear();
    else if (problem) alarm.show(problem);
    status.className = word === 'live' ? 'live steady' : 'live';
    status.textContent = text.live.states[word];
  }

  const refilter = listen(filter, { heard, told }, signal);
  return { element: h('div', {}, alarm.place, place), status: h('span', { class: 'beside' }, counts, status, pause, clear), refilter };
}

function one({ feed, key, kind, time: at, before, after, omitted }) {
  return h('li', {},
    h('p', { class: 'why' },
      h('time', { datetime: at, title: moment(at) }, time(at)),
      h('span', { class: `kind ${kind}` }, text.live.kinds[kind] ?? kind),
      h('span', { class: 'soft' }, feed),
      link(key, ['rows', feed, key], {}, { class: 'key' })),
    omitted ? partly(omitted, after) : fields(before, after));
}

/** Whoever goes by keyboard scrolls what scrolls, and does not stop at what does not. */
function reach(difference) {
  if (difference.scrollHeight > difference.clientHeight) difference.tabIndex = 0;
}

/** What would not fit was left out: the row, or what it was before, without which nobody knows what has changed. */
function partly(omitted, after) {
  if (omitted !== 'before') return h('p', { class: 'soft' }, text.live.tooLarge);
  return [
    h('p', { class: 'soft' }, text.live.beforeTooLarge),
    after && facts(Object.entries(after).map(([name, of]) => [name, value(of)])),
  ];
}

/** What changed; of a row that came or went all there is. */
function fields(before, after) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((name) => json(before?.[name]) !== json(after?.[name]));
  if (names.length === 0) return h('p', { class: 'soft' }, text.live.same);
  return h('dl', { class: 'difference' }, names.map((name) => h('div', {},
    h('dt', {}, name),
    h('dd', {},
      before && name in before && h('del', {}, value(before[name])),
      after && name in after && h('ins', {}, value(after[name]))))));
}
