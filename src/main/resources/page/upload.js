/** Sending files: choose or drop, see to which feed, send, and follow each through the pipeline. */

import { h } from './dom.js';
import { feeds, hasOpenFolder } from './feeds.js';
import { size, speed } from './format.js';
import { choice, facts, field, heading, link, number, state } from './parts.js';
import { announce } from './notes.js';
import { complaint, empty, failure } from './states.js';
import { text } from './text.js';
import { steps } from './timeline.js';
import { transfers } from './transfers.js';

export function upload({ query, signal }) {
  const picker = h('input', { type: 'file', multiple: true, id: 'files', class: 'unseen', change: ({ target }) => {
    transfers.add([...target.files], query.feed ?? '');
    target.value = '';
  } });
  const sendAll = h('button', { type: 'button', class: 'main', click: () => transfers.start(ready()) });
  const list = h('ol', { class: 'transfers' });
  const alarm = h('div', {});
  const takes = h('section', { 'aria-labelledby': 'takes', hidden: true }, h('h2', { id: 'takes' }, text.upload.takes));
  const views = new Map();
  let known = [];

  const ready = () => transfers.all().filter(({ phase, feed }) => phase === 'chosen' && feed);

  function show() {
    const all = transfers.all();
    for (const one of all) {
      if (!views.has(one.id)) views.set(one.id, transfer(one, () => known));
      views.get(one.id).show();
    }
    const elements = all.map(({ id }) => views.get(id).element);
    if (elements.length !== list.childElementCount || elements.some((element, i) => list.children[i] !== element)) {
      list.replaceChildren(...elements);
    }
    const number = ready().length;
    if (number === 0 && document.activeElement === sendAll) list.querySelector('button')?.focus();
    sendAll.hidden = number === 0;
    sendAll.textContent = text.upload.send(number);
  }

  feeds().then((all) => {
    known = all;
    if (all.length === 0) alarm.replaceChildren(empty(text.overview.none, text.overview.noneHint));
    else takes.append(facts(all.map(({ name, match }) => [name, h('code', {}, match)])));
    takes.hidden = all.length === 0;
    show();
  }).catch((problem) => alarm.replaceChildren(failure(problem, () => location.reload())));
  transfers.watch(show, signal);
  show();
  return {
    title: text.upload.title,
    element: h('section', {}, heading(text.upload.title), alarm,
      h('div', { class: 'drop', 'data-feed': query.feed ?? null },
        picker, h('label', { for: 'files', class: 'button' }, text.upload.choose),
        h('p', {}, query.feed ? text.upload.dropFor(query.feed) : text.upload.drop)),
      h('p', { class: 'buttons' }, sendAll), list, takes),
  };
}

/** One file's line, which changes in place while bytes flow. */
function transfer(one, known) {
  const { name } = one.file;
  const bar = h('progress', { max: Math.max(1, one.file.size), value: 0, 'aria-label': text.upload.progress(name) });
  const told = h('span', { class: 'soft' });
  const place = h('div', { class: 'way' });
  const buttons = h('span', { class: 'beside' });
  const element = h('li', {},
    h('div', { class: 'heading' }, h('p', { class: 'file' }, h('strong', {}, name), ' ', h('span', { class: 'soft' }, size(one.file.size))), buttons),
    bar, told, place);
  let print = '';

  function show() {
    bar.value = one.sent;
    bar.hidden = one.phase === 'chosen' || one.phase === 'final';
    told.textContent = words(one);
    const now = JSON.stringify([one.phase, one.feed, one.object, known().length]);
    if (now === print) return;
    if (print && one.phase === 'final') announce(text.upload.outcome(name, text.states[one.object.state]));
    print = now;
    element.className = one.phase;
    const focused = buttons.contains(document.activeElement);
    buttons.replaceChildren(...actions(one));
    if (focused) buttons.querySelector('button')?.focus();
    place.replaceChildren(...parts(one, known()).filter(Boolean));
  }

  return { element, show };
}

function words({ phase, sent, speed: rate, file, late }) {
  if (phase === 'sent' && late) return text.upload.late;
  if (phase !== 'sending') return phase === 'final' || phase === 'chosen' ? '' : text.upload.phases[phase];
  return text.upload.sending(size(sent), size(file.size), Math.floor((100 * sent) / Math.max(1, file.size)), speed(rate));
}

function actions(one) {
  const button = (label, act, className = 'quiet') =>
    h('button', { type: 'button', class: className, 'aria-label': text.upload.of(label, one.file.name), click: act }, label);
  const retry = button(text.upload.retry, () => transfers.start([one]), '');
  const forget = button(text.upload.forget, () => transfers.forget(one));
  switch (one.phase) {
    case 'chosen': return [forget];
    case 'queued':
    case 'asking':
    case 'sending': return [button(text.cancel, () => transfers.cancel(one), '')];
    case 'failed':
    case 'cancelled': return [retry, forget];
    default: return [forget];
  }
}

function parts(one, known) {
  if (one.phase === 'chosen') {
    return [field(text.objects.feed, choice(
      [...(one.feed ? [] : [['', text.upload.pick]]), ...known.map(({ name, match }) => [name, `${name} (${match})`])],
      one.feed, (feed) => transfers.set(one, { feed }))), naming(one, known)];
  }
  if (one.phase === 'failed') return [problem(one.problem), naming(one, known)];
  return one.phase === 'sent' || one.phase === 'final' ? [pipeline(one), one.object && outcome(one.object)] : [];
}

/** Which folders a file goes into, where its feed leaves that open. */
function naming(one, known) {
  const { match } = known.find(({ name }) => name === one.feed) ?? {};
  return match !== undefined && hasOpenFolder(match) && field(text.upload.name(match), h('input', {
    value: one.name, autocomplete: 'off', spellcheck: 'false', required: true,
    input: ({ target }) => transfers.set(one, { name: target.value.trim() }),
  }));
}

/** What the bucket answers has no words of its own. */
function problem(one) {
  return complaint(one.title === undefined ? { message: text.upload.refused(one.status) } : one);
}

function pipeline({ phase, object }) {
  const reading = object !== undefined;
  return steps([
    { name: text.upload.steps.sent, done: true },
    { name: text.upload.steps.noticed, done: reading, now: !reading, at: object?.started },
    { name: text.upload.steps.reading, done: phase === 'final', now: reading && phase !== 'final' },
    {
      name: phase === 'final' ? text.timeline.ended(text.states[object.state]) : text.timeline.end,
      done: phase === 'final', bad: object?.state === 'failed', at: phase === 'final' ? object.finished : null,
    },
  ]);
}

function outcome(object) {
  const { rows, rejects, feed } = object;
  return h('p', { class: 'outcome' },
    state(object.state, object.reason),
    h('span', {}, number(rows), ' ', text.object.rows(rows)),
    h('span', { class: rejects ? 'bad' : '' }, number(rejects), ' ', text.object.rejects(rejects)),
    link(text.upload.look, ['objects', object.id]),
    link(text.upload.rows, ['rows', feed]));
}
