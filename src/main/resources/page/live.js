/** The change feed as it comes: a WebSocket that opens itself again, each time with a new ticket. */

import { post, Problem } from './api.js';
import { exact } from './exact.js';
import { text } from './text.js';

const FIRST_MS = 500;
const LONGEST_MS = 20_000;
/** API Gateway closes a connection that says nothing for ten minutes. */
const KEEP_MS = 5 * 60_000;
const ANSWER_MS = 10_000;
/** So long after its answer a filter may not have taken effect yet. */
const EFFECT_MS = 1_000;
const GONE = 410;

/**
 * @param filter {feed, key}, each optional
 * @param heard gets each message: {changes, dropped}
 * @param told gets 'connecting', 'live' or 'waiting'; with the last one what went wrong, if that is known
 * @returns a function that sets another filter
 */
export function listen(filter, { heard, told }, signal) {
  let wanted = filter;
  let socket = null;
  /** Has the open connection know what is wanted. */
  let say = () => {};
  let tries = 0;
  let timer;

  async function open() {
    told('connecting');
    try {
      const { ticket, url } = await post('api/live/ticket');
      if (signal.aborted) return;
      connect(`${url ?? ownUrl()}?ticket=${encodeURIComponent(ticket)}`);
    } catch (problem) {
      later(problem);
    }
  }

  function connect(url) {
    const mine = new WebSocket(url);
    socket = mine;
    let keeping;
    let patience;
    let effect;
    let wrong;

    /** One filter at a time: of two that are on their way either can be the last. */
    function ask() {
      if (patience || mine.readyState !== WebSocket.OPEN) return;
      mine.send(JSON.stringify(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value))));
      patience = setTimeout(() => mine.close(), ANSWER_MS);
    }

    function answered({ status, detail, message, feed, key }) {
      clearTimeout(patience);
      patience = null;
      if (status || message) {
        if (status !== GONE) wrong = new Problem(status ?? 0, text.live.refused, detail ?? text.problem.later);
        mine.close();
      } else if (same(feed, wanted.feed) && same(key, wanted.key)) {
        tries = 0;
        clearTimeout(effect);
        effect = setTimeout(() => told('live'), EFFECT_MS);
      } else {
        ask();
      }
    }

    say = ask;
    mine.addEventListener('open', () => {
      if (signal.aborted) {
        mine.close();
        return;
      }
      ask();
      keeping = setInterval(ask, KEEP_MS);
    });
    mine.addEventListener('message', ({ data }) => {
      const message = exact(data);
      if (message.changes === undefined) answered(message);
      else if (message.changes.length || message.dropped) heard({ changes: message.changes.filter(fits), dropped: message.dropped });
    });
    mine.addEventListener('close', () => {
      clearInterval(keeping);
      clearTimeout(patience);
      clearTimeout(effect);
      if (mine === socket) later(wrong);
    });
  }

  /** Full jitter: clients that lost the same server do not come back at once. */
  function later(problem) {
    if (signal.aborted) return;
    told('waiting', problem);
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
    tries += 1;
    timer = setTimeout(open, FIRST_MS / 2 + Math.random() * longest);
  }

  /** What was on its way when the filter was set is none of it. */
  function fits({ feed, key }) {
    return (!wanted.feed || wanted.feed === feed) && (!wanted.key || wanted.key === key);
  }

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    // One that is still being opened is closed then; closing it now would be a failure to the browser.
    if (socket?.readyState === WebSocket.OPEN) socket.close();
  });
  open();
  return (other) => {
    wanted = other;
    say();
  };
}

function same(one, other) {
  return (one || '') === (other || '');
}

function ownUrl() {
  return new URL('live', location.href.replace(/^http/, 'ws').replace(/[?#].*/, '')).href;
}
