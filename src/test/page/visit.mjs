// One visit to the page in a browser of its own, with nothing kept from others. What the browser complains of is a fault
// of the page, unless a flow has made it happen.

import assert from 'node:assert/strict';
import axe from 'axe-core';

/** Long, since a machine that does other things too is slow, which is no fault of the page. */
const LONGEST_MS = 90_000;
const HEIGHT = 860;

export class Visit {
  #faults = [];
  #expected = [];

  constructor(page, settings) {
    this.page = page;
    this.settings = settings;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#faults.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (wrong) => this.#faults.push(wrong.stack));
  }

  /** @param place the part of the address behind the number sign */
  static async begin(browser, settings, { web = settings.web, place = '/', scheme = 'light', width = 1280 } = {}) {
    const context = await browser.newContext({
      viewport: { width, height: HEIGHT }, colorScheme: scheme, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin',
    });
    context.setDefaultTimeout(LONGEST_MS);
    const visit = new Visit(await context.newPage(), settings);
    await visit.page.goto(`${web}/#${place}`);
    return visit;
  }

  /** Goes there as by a link. */
  async goes(place) {
    await this.page.evaluate((to) => { location.hash = to; }, place);
  }

  async sees(...words) {
    for (const word of words) await this.page.getByText(word).first().waitFor();
  }

  async seesNo(word) {
    await this.page.getByText(word).first().waitFor({ state: 'detached' });
  }

  link(name, exact = true) {
    return this.page.getByRole('link', { name, exact });
  }

  button(name, exact = true) {
    return this.page.getByRole('button', { name, exact });
  }

  choice(name) {
    return this.page.getByRole('combobox', { name, exact: true });
  }

  title(name) {
    return this.page.getByRole('heading', { level: 1, name });
  }

  get place() {
    return new URL(this.page.url()).hash;
  }

  /** Lets the browser complain of what the flow brings about. */
  expects(pattern) {
    this.#expected.push(pattern);
  }

  hasNoFaults() {
    assert.deepEqual(this.#faults.filter((fault) => !this.#expected.some((pattern) => pattern.test(fault))), []);
  }

  /** Whoever does not see or hear well can use what is shown, as far as axe can tell. */
  async isAccessible(of) {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    assert.deepEqual(serious.map(({ id, nodes }) => [of, id, ...nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)]), []);
  }

  async fitsTheScreen(of) {
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${of} scrolls sideways`);
  }

  async picture(name) {
    await this.page.screenshot({ path: `${this.settings.out}/${name}.png` });
  }

  async end() {
    await this.page.context().close();
  }
}

/** Asks until the answer is one. */
export async function until(ask) {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`Never came true: ${ask}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}
