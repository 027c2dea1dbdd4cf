/** Looks again and again, as long as somebody may see it. */

const LONGEST_MS = 30_000;

/**
 * @param look asks and shows; awaited, so that looks never overlap
 * @param failed shows why it could not; waits double until it can again
 * @returns a function that looks at once
 */
export function poll(look, failed, everyMs, signal) {
  let timer;
  let failures = 0;
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
      await look();
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
    else if (!document.hidden) timer = setTimeout(run, Math.min(LONGEST_MS, everyMs * 2 ** failures));
  }

  document.addEventListener('visibilitychange', () => !document.hidden && run(), { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
  run();
  return run;
}
