// Goes through the page in a browser as people do. Each flow is told by one line of JSON on the standard output, and how
// long it took on the other. The first argument is {web, closed, browser, out}: the app that asks nobody who they are, the
// one that does, the browser's program, and the folder for pictures; others name the flows, if it shall not be all.

import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import * as feeds from './feeds.mjs';
import * as keyboard from './keyboard.mjs';
import * as letters from './letters.mjs';
import * as live from './live.mjs';
import * as looks from './looks.mjs';
import * as objects from './objects.mjs';
import * as rows from './rows.mjs';
import * as signIn from './sign-in.mjs';
import * as states from './states.mjs';
import * as uploads from './uploads.mjs';
import { Visit } from './visit.mjs';

/** Flows mostly wait for the pipeline, so they need not wait for each other. */
const AT_ONCE = 3;

const settings = JSON.parse(process.argv[2]);
const only = process.argv.slice(3);
const flows = Object.entries({
  ...uploads, ...live, ...rows, ...letters, ...objects, ...feeds, ...signIn, ...keyboard, ...states, ...looks,
}).filter(([flow]) => only.length === 0 || only.includes(flow));

// Whoever started this has ended, and with it everything that is looked at.
process.stdin.on('end', () => process.exit(1)).resume();

mkdirSync(settings.out, { recursive: true });
settings.web = new URL(settings.web).origin;
settings.closed = new URL(settings.closed).origin;
const browser = await chromium.launch({ executablePath: settings.browser, timeout: 120_000 });

async function tell([flow, act]) {
  const begun = performance.now();
  const visits = [];
  let failure;
  try {
    await act(async (options) => {
      visits.push(await Visit.begin(browser, settings, options));
      return visits.at(-1);
    }, settings);
    visits.forEach((visit) => visit.hasNoFaults());
  } catch (wrong) {
    failure = wrong.stack;
    await Promise.all(visits.map((visit, i) => visit.picture(`failed-${flow}-${i}`).catch(() => {})));
  }
  await Promise.all(visits.map((visit) => visit.end()));
  console.error(flow, Math.round(performance.now() - begun), 'ms');
  process.stdout.write(`${JSON.stringify({ flow, failure })}\n`);
}

async function work() {
  while (flows.length) await tell(flows.shift());
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
process.exit(0);
