/** What becomes of files that were sent: one look per feed for all of them, slower while nothing happens, none in a hidden tab. */

import { get } from './api.js';
import { poll } from './poll.js';

const LOOK_MS = 700;
/** What changes in the pipeline mostly does so within that time. */
const LIVELY_MS = 10_000;
const PAGE = 100;
/** A look ends here; what lies further down is seen when it changes. */
const MOST_PAGES = 10;

/** By feed: who waits, and how to look at once. */
const looks = new Map();

/** The object as it is before a file is sent, if there is one, and the time of the ledger's latest entry. */
export async function before(feed, id, signal) {
  const { items } = await get('api/objects', { feed, limit: PAGE }, signal);
  return { object: items.find((one) => one.id === id), from: items[0]?.updated };
}

/**
 * Until it was decided what becomes of the version that was sent, or of a later one.
 *
 * @param sent {feed, id, version, before}
 * @param seen gets the object at each look; null as long as nobody has noticed it
 */
export function follow(sent, seen, signal) {
  signal.throwIfAborted();
  const look = looks.get(sent.feed) ?? begin(sent.feed);
  return new Promise((resolve, reject) => {
    const one = { ...sent, seen, resolve, reject, changed: performance.now() };
    look.waiting.add(one);
    signal.addEventListener('abort', () => {
      leave(look, one);
      reject(signal.reason);
    }, { once: true });
    if (!document.hidden) look.now();
  });
}

function begin(feed) {
  const look = { feed, waiting: new Set(), stop: new AbortController() };
  looks.set(feed, look);
  look.now = poll(() => ask(look), (problem) => {
    const passes = problem.status === 0 || problem.status === 429 || problem.status >= 500;
    if (passes) return;
    for (const one of [...look.waiting]) {
      leave(look, one);
      one.reject(problem);
    }
  }, LOOK_MS, look.stop.signal);
  return look;
}

function leave(look, one) {
  look.waiting.delete(one);
  if (look.waiting.size > 0 || looks.get(look.feed) !== look) return;
  looks.delete(look.feed);
  look.stop.abort();
}

/** Asking for an object that nobody has noticed yet would be an error; looking whether it is among the latest is none. */
async function ask(look) {
  const missing = new Set(look.waiting);
  const froms = [...missing].map((one) => one.before.from);
  const from = froms.includes(undefined) ? undefined : froms.toSorted()[0];
  let cursor = '';
  for (let page = 0; page < MOST_PAGES && missing.size > 0 && cursor !== undefined; page++) {
    const answer = await get('api/objects', { feed: look.feed, from, limit: PAGE, cursor }, look.stop.signal);
    cursor = answer.cursor;
    const objects = new Map(answer.items.map((object) => [object.id, object]));
    for (const one of missing) {
      const object = objects.get(one.id);
      if (object === undefined || !isOurs(object, one)) continue;
      missing.delete(one);
      if (object.updated !== one.updated) Object.assign(one, { updated: object.updated, changed: performance.now() });
      one.seen(object);
      if (isDecided(object)) {
        leave(look, one);
        one.resolve();
      }
    }
  }
  missing.forEach((one) => one.updated === undefined && one.seen(null));
  return [...look.waiting].some(({ changed }) => performance.now() - changed < LIVELY_MS);
}

function isOurs(object, { version, before: { object: old } }) {
  return object.version === version || object.started !== old?.started;
}

function isDecided({ finished, state }) {
  return finished && state !== 'waiting' && state !== 'reading';
}
