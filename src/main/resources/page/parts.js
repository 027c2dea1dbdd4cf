/** The small things that every view is made of. */

import { h } from './dom.js';
import { count, moment, time } from './format.js';
import { to } from './route.js';
import { text } from './text.js';

export function link(content, path, query = {}, attributes = {}) {
  return h('a', { href: to(path, query), ...attributes }, content);
}

export function when(instant) {
  return instant ? h('time', { datetime: instant, title: moment(instant) }, time(instant)) : text.none;
}

/** An object's state: a word with a sign, so that it does not take colour to tell. */
export function state(word, reason = '') {
  return h('span', { class: `badge ${word}` }, text.states[word] ?? word, reason && h('span', { class: 'reason' }, reason));
}

export function number(value) {
  return value === 0 ? h('span', { class: 'zero' }, '0') : count(value);
}

export function heading(title, ...beside) {
  return h('div', { class: 'heading' }, h('h1', { tabindex: '-1' }, title), h('div', { class: 'beside' }, ...beside));
}

/** Names and what they are: [['Rows', '12'], …]. */
export function facts(pairs, className = '') {
  return h('dl', { class: `facts ${className}` },
    pairs.filter(Boolean).map(([name, ...value]) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value))));
}

/** A control with its label above. */
export function field(label, control) {
  return h('label', { class: 'field' }, h('span', {}, label), control);
}

export function choice(options, chosen, changed) {
  return h('select', { change: (event) => changed(event.target.value) },
    options.map(([value, label]) => h('option', { value, selected: value === chosen }, label)));
}

/** A text that is looked for a moment after the last key. */
export function search(value, hint, changed, afterMs = 250) {
  let timer;
  return h('input', {
    type: 'search', value, placeholder: hint, autocomplete: 'off', spellcheck: 'false',
    input: (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => changed(event.target.value), afterMs);
    },
  });
}

/** A button that cannot be pressed again until what it does is done. */
export function action(label, act, className = '') {
  const button = h('button', {
    type: 'button', class: className,
    click: async () => {
      button.disabled = true;
      try {
        await act();
      } finally {
        button.disabled = false;
      }
    },
  }, label);
  return button;
}
