/** The files that were put up for sending, and how far each has come; they go on while other views are looked at. */

import { post } from './api.js';
import { h } from './dom.js';
import { feeds, fitting } from './feeds.js';
import { before, follow } from './follow.js';
import { send } from './send.js';
import { text } from './text.js';

const AT_ONCE = 3;
/** Usually it is a second. */
const LATE_MS = 30_000;
const SPEED_MS = 1500;
const UNDER_WAY = new Set(['asking', 'sending', 'sent']);

/** What a browser calls a file by any other name is not told: it is no reason to refuse the file. */
const TYPES = new Set([
  'text/plain', 'text/csv', 'text/tab-separated-values', 'application/json', 'application/x-ndjson',
  'application/gzip', 'application/x-gzip', 'application/zstd', 'application/vnd.ms-excel',
]);

/**
 * A transfer is {id, file, name, feed, phase, sent, speed, object, late, problem}; its name may have folders, its phase is
 * chosen → queued → asking → sending → sent (followed through the pipeline) → final, or failed, or cancelled.
 */
const all = [];
const listeners = new Set();
const counter = h('span', { class: 'count', hidden: true });
let last = 0;

export const transfers = {
  all: () => all,
  counter: () => counter,

  /** Tells whenever a transfer has changed. */
  watch(listener, signal) {
    listeners.add(listener);
    signal.addEventListener('abort', () => listeners.delete(listener));
  },

  /** @param feed its name; empty to go by the file's name */
  async add(files, feed) {
    const added = files.map((file) => ({ id: last += 1, file, name: file.name, feed, phase: 'chosen', sent: 0, speed: 0 }));
    all.unshift(...added);
    tell();
    const known = await feeds().catch(() => []);
    for (const one of added.filter((each) => !each.feed)) {
      const fit = fitting(known, one.name);
      if (fit.length === 1) one.feed = fit[0].name;
    }
    tell();
  },

  /** @param news its feed, or its name with folders */
  set(one, news) {
    change(one, news);
  },

  start(some) {
    for (const one of some) Object.assign(one, { phase: 'queued', sent: 0, speed: 0, object: undefined, late: false, problem: undefined });
    next();
  },

  cancel(one) {
    if (one.stop) one.stop.abort();
    else change(one, { phase: 'cancelled' });
  },

  /** Takes it off the list; nothing of what was sent is taken back. */
  forget(one) {
    one.stop?.abort();
    all.splice(all.indexOf(one), 1);
    tell();
  },
};

function next() {
  const busy = all.filter(({ phase }) => phase === 'asking' || phase === 'sending').length;
  all.filter(({ phase }) => phase === 'queued').reverse().slice(0, Math.max(0, AT_ONCE - busy)).forEach(run);
  tell();
}

async function run(one) {
  one.stop = new AbortController();
  const { signal } = one.stop;
  try {
    change(one, { phase: 'asking' });
    const permission = await post('api/objects', {
      feed: one.feed, name: one.name, size: one.file.size, type: TYPES.has(one.file.type) ? one.file.type : undefined,
    });
    signal.throwIfAborted();
    const old = await before(one.feed, permission.id, signal);
    change(one, { phase: 'sending' });
    const version = await send(permission, one.file, measure(one), signal);
    change(one, { phase: 'sent', sent: one.file.size });
    next();
    const end = performance.now();
    const sent = { feed: one.feed, id: permission.id, version, before: old };
    await follow(sent, (object) => {
      change(one, object ? { object, late: false } : { late: performance.now() - end > LATE_MS });
    }, signal);
    change(one, { phase: 'final' });
  } catch (problem) {
    change(one, signal.aborted ? { phase: 'cancelled' } : { phase: 'failed', problem });
  } finally {
    one.stop = null;
    next();
  }
}

/** The speed of the last moments, not since the start. */
function measure(one) {
  const seen = [{ at: performance.now(), sent: 0 }];
  return (sent) => {
    const at = performance.now();
    seen.push({ at, sent });
    while (seen.length > 2 && at - seen[0].at > SPEED_MS) seen.shift();
    const speed = ((sent - seen[0].sent) * 1000) / Math.max(1, at - seen[0].at);
    change(one, { sent, speed });
  };
}

function change(one, news) {
  Object.assign(one, news);
  tell(one);
}

function tell() {
  const busy = all.filter(({ phase }) => UNDER_WAY.has(phase) || phase === 'queued').length;
  counter.hidden = busy === 0;
  counter.textContent = busy === 0 ? '' : text.upload.underWay(busy);
  listeners.forEach((listener) => listener());
}

addEventListener('beforeunload', (event) => {
  if (all.some(({ phase }) => phase === 'sending' || phase === 'asking')) event.preventDefault();
});
