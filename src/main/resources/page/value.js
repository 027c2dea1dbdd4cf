/** A field's value, so that a text, a number and nothing look different. */

import { h } from './dom.js';
import { Digits } from './exact.js';
import { text } from './text.js';

export function value(of) {
  if (of === undefined) return '';
  if (of === null) return h('span', { class: 'value none' }, 'null');
  if (of instanceof Digits || typeof of === 'number') return h('span', { class: 'value number' }, String(of));
  if (typeof of === 'boolean') return h('span', { class: 'value truth' }, String(of));
  if (of === '') return h('span', { class: 'value none' }, text.value.empty);
  if (typeof of === 'string') return h('span', { class: 'value' }, of);
  return h('code', { class: 'value' }, json(of));
}

/** JSON with every digit. */
export function json(of, indent = 0, depth = 0) {
  const pad = indent ? `\n${' '.repeat(indent * (depth + 1))}` : '';
  const end = indent ? `\n${' '.repeat(indent * depth)}` : '';
  const gap = indent ? '' : ' ';
  if (of instanceof Digits) return String(of);
  if (Array.isArray(of)) {
    return of.length === 0 ? '[]' : `[${of.map((one) => pad + json(one, indent, depth + 1)).join(`,${gap}`)}${end}]`;
  }
  if (of !== null && typeof of === 'object') {
    const members = Object.entries(of);
    return members.length === 0
      ? '{}'
      : `{${members.map(([name, one]) => `${pad}${JSON.stringify(name)}: ${json(one, indent, depth + 1)}`).join(`,${gap}`)}${end}}`;
  }
  return JSON.stringify(of);
}
