/** Looks again and again, as long as somebody may see it. */

const LONGEST_MS = 30_000;
/** How often the wait doubles while nothing changes. */
const MOST_QUIET = 3;

/**
 * @param look asks and shows; awaited, so that looks never overlap. If it answers false, nothing has changed: the next one
 *     may wait longer
 * @param failed shows why it could not; waits double until it can again
 * @returns a function that looks at once
 */
export function poll(look, failed, everyMs, signal) {
  let timer;
  let failures = 0;
  let quiet = 0;
  let looking = false;
  let again = false;

  async function run() {
    clearTimeout(timer);
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    again = false;
    try {
      quiet = (await look()) === false ? Math.min(MOST_QUIET, quiet + 1) : 0;
      failures = 0;
    } catch (problem) {
      if (signal.aborted) return;
      failures += 1;
      failed(problem);
    } finally {
      looking = false;
    }
    if (signal.aborted) return;
    if (again) run();
    else if (!document.hidden) timer = setTimeout(run, Math.min(LONGEST_MS, everyMs * 2 ** Math.max(failures, quiet)));
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) clearTimeout(timer);
    else run();
  }, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
  run();
  return run;
}
