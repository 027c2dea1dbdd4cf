/** What stands where there is nothing to show yet, nothing at all, or nothing because of a failure. */

import { h } from './dom.js';
import { text } from './text.js';

export function loading() {
  return h('p', { class: 'state loading' }, text.loading);
}

/** @param hint says what to do; text or elements */
export function empty(title, ...hint) {
  return h('div', { class: 'state empty' }, h('p', { class: 'state-title' }, title), h('p', {}, ...hint));
}

/** @param retry asks again; left out where that happens by itself */
export function failure(problem, retry = null) {
  return h('div', { class: 'state failure', role: 'alert' },
    h('p', { class: 'state-title' }, problem.title ?? text.problem.unexpected),
    h('p', {}, problem.message),
    retry ? h('button', { type: 'button', click: retry }, text.again) : h('p', { class: 'soft' }, text.problem.retrying));
}

/** A failure in one sentence, beside what it is about. */
export function complaint({ title, message }) {
  return h('p', { class: 'bad', role: 'alert' }, title ? `${title}. ${message}` : message);
}

/** A place for a failure above what was seen before it. */
export function trouble() {
  const place = h('div', { class: 'trouble' });
  return {
    place,
    show: (problem, retry) => place.replaceChildren(failure(problem, retry)),
    clear: () => place.replaceChildren(),
  };
}
