/** One row, and its changes as they come. */

import { at, get } from './api.js';
import { changes } from './changes.js';
import { h } from './dom.js';
import { facts, heading, link } from './parts.js';
import { poll } from './poll.js';
import { loading, trouble } from './states.js';
import { text } from './text.js';
import { value } from './value.js';

/** Changes bring a new look; this is for where none can be heard. */
const LOOK_MS = 15_000;

export function row({ path: [, feed, key], signal }) {
  const alarm = trouble();
  const place = h('div', {}, loading());
  let print = '';

  async function ask() {
    const one = await get(at('feeds', feed, 'rows', key), {}, signal);
    alarm.clear();
    const now = JSON.stringify(one);
    if (now !== print) place.replaceChildren(...sections(one));
    print = now;
  }

  const look = poll(ask, (problem) => {
    // What was seen stays until it is known to be gone.
    if (!print || problem.status === 404) {
      place.replaceChildren();
      print = '';
    }
    alarm.show(problem);
  }, LOOK_MS, signal);
  const heard = changes({ feed, key }, signal, look);
  return {
    title: key,
    element: h('section', {},
      h('p', { class: 'trail' }, link(text.rows.of(feed), ['rows', feed])),
      heading(key), alarm.place, place,
      h('section', { 'aria-labelledby': 'changes' },
        h('div', { class: 'heading' }, h('h2', { id: 'changes' }, text.row.changes), heard.status), heard.element)),
  };
}

function sections({ data, source }) {
  return [
    h('section', { 'aria-labelledby': 'fields' }, h('h2', { id: 'fields' }, text.row.fields),
      facts(Object.entries(data).map(([name, of]) => [name, value(of)]), 'fields')),
    h('section', { 'aria-labelledby': 'source' }, h('h2', { id: 'source' }, text.row.source), from(source)),
  ];
}

/** Its object's id is bucket and key in base64url, as everywhere in the API. */
function from({ object, version, line, offset, linesFrom }) {
  return facts([
    [text.row.object, link(object, ['objects', idOf(object)])],
    [linesFrom === undefined ? text.object.line : text.row.lineOfPart, String(line)],
    [text.object.offset, String(offset)],
    [text.object.version, h('code', {}, version)],
  ]);
}

function idOf(object) {
  const bytes = new TextEncoder().encode(object);
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
