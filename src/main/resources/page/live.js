/** The change feed as it comes: a WebSocket that opens itself again, each time with a new ticket. */

import { post } from './api.js';
import { exact } from './exact.js';

const FIRST_MS = 500;
const LONGEST_MS = 20_000;
/** API Gateway closes a connection that says nothing for ten minutes. */
const KEEP_MS = 5 * 60_000;

/**
 * @param filter {feed, key}, each optional
 * @param heard gets each message: {changes, dropped}
 * @param told gets 'connecting', 'live' or 'waiting'
 * @returns a function that sets another filter
 */
export function listen(filter, { heard, told }, signal) {
  let wanted = filter;
  let socket = null;
  let tries = 0;
  let timer;

  async function open() {
    told('connecting');
    try {
      const { ticket, url } = await post('api/live/ticket');
      if (signal.aborted) return;
      connect(`${url ?? ownUrl()}?ticket=${encodeURIComponent(ticket)}`);
    } catch {
      later();
    }
  }

  function connect(url) {
    const mine = new WebSocket(url);
    socket = mine;
    let keeping;
    mine.addEventListener('open', () => {
      if (signal.aborted) {
        mine.close();
        return;
      }
      tries = 0;
      say();
      keeping = setInterval(say, KEEP_MS);
      told('live');
    });
    mine.addEventListener('message', ({ data }) => {
      const { changes = [], dropped = 0 } = exact(data);
      if (changes.length || dropped) heard({ changes: changes.filter(fits), dropped });
    });
    mine.addEventListener('close', () => {
      clearInterval(keeping);
      if (mine === socket) later();
    });
  }

  /** Full jitter: clients that lost the same server do not come back at once. */
  function later() {
    if (signal.aborted) return;
    told('waiting');
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
    tries += 1;
    timer = setTimeout(open, FIRST_MS / 2 + Math.random() * longest);
  }

  /** What was on its way when the filter was set is none of it. */
  function fits({ feed, key }) {
    return (!wanted.feed || wanted.feed === feed) && (!wanted.key || wanted.key === key);
  }

  function say() {
    if (socket?.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value))));
    }
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

function ownUrl() {
  return new URL('live', location.href.replace(/^http/, 'ws').replace(/[?#].*/, '')).href;
}
