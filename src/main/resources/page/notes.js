/** What was done or went wrong, in a corner for a while, and read aloud. */

import { h } from './dom.js';
import { text } from './text.js';

const STAYS_MS = 8000;

const corner = h('div', { class: 'notes' });

export function notes() {
  return corner;
}

/** Says it aloud only. */
export function announce(message) {
  document.getElementById('status').textContent = message;
}

export function note(message, ...more) {
  put('note', message, more, STAYS_MS);
}

/** Stays until it is put away. */
export function complain(problem) {
  put('note bad', `${problem.title ? `${problem.title}. ` : ''}${problem.message}`, [], 0);
}

/** Does what a button asks for, and says how it went. */
export async function attempt(act, done) {
  try {
    const result = await act();
    if (done) note(done);
    return result ?? true;
  } catch (problem) {
    complain(problem);
    return null;
  }
}

function put(className, message, more, staysMs) {
  const element = h('div', { class: className }, h('p', {}, message, ' ', ...more),
    h('button', { type: 'button', class: 'quiet', 'aria-label': text.dismiss, click: () => element.remove() }, '×'));
  corner.append(element);
  announce(message);
  if (staysMs) setTimeout(() => element.remove(), staysMs);
}
