import assert from 'node:assert/strict';
import { letterOf } from './partner.mjs';

const MOST_STEPS = 40;

const focus = (visit) => visit.page.evaluate(() => {
  const { tagName, innerText, ariaLabel, labels } = document.activeElement;
  return `${tagName.toLowerCase()} ${ariaLabel || labels?.[0]?.innerText.split('\n')[0] || innerText}`.trim();
});

async function tabTo(visit, what, key = 'Tab') {
  const seen = [];
  while (seen.length < MOST_STEPS) {
    await visit.page.keyboard.press(key);
    seen.push(await focus(visit));
    if (seen.at(-1) === what) {
      assert.ok(await visit.page.evaluate(() => document.activeElement.matches(':focus-visible')), what);
      return;
    }
  }
  assert.fail(`Never came to ${what}: ${seen.join(', ')}`);
}

export async function everythingIsReachedByKeyboard(visitor) {
  const visit = await visitor();
  await visit.page.getByRole('article').first().waitFor();
  await visit.page.keyboard.press('Tab');
  assert.equal(await focus(visit), 'a Skip to content');
  await visit.page.keyboard.press('Enter');
  assert.equal(await focus(visit), 'h1 Feeds');

  await visit.goes('/');
  await visit.page.reload();
  await visit.page.getByRole('article').first().waitFor();
  await tabTo(visit, 'a Objects');
  await visit.page.keyboard.press('Enter');
  await visit.link('places/cities.ndjson').waitFor();
  assert.equal(await focus(visit), 'h1 Objects');
  assert.match(await visit.page.getByRole('status').first().innerText(), /^\d+ objects$/);
  await tabTo(visit, 'select State');
  await visit.page.keyboard.type('failed');
  await visit.link('places/cities.ndjson').waitFor({ state: 'detached' });
  await tabTo(visit, 'a countries/wrong.csv');
  await visit.page.keyboard.press('Enter');
  await visit.title('countries/wrong.csv').waitFor();
  await tabTo(visit, 'button Read again');
  await tabTo(visit, 'a Objects', 'Shift+Tab');
  await visit.page.keyboard.press('Enter');
  await visit.title('Objects').waitFor();
}

/** Looks that find nothing new must not take the focus away. */
export async function theFocusStaysWhileTheListIsLookedAtAgain(visitor) {
  const visit = await visitor({ place: '/objects' });
  const link = visit.link('places/cities.ndjson');
  await link.focus();
  const looked = () => visit.page.waitForResponse((reply) => reply.url().includes('/api/objects?'));
  await looked();
  await looked();
  assert.equal(await focus(visit), 'a places/cities.ndjson');
}

export async function aDialogGivesTheFocusBack(visitor, { web }) {
  const { id } = await letterOf(web, 'poison-look');
  const visit = await visitor({ place: `/letters/${id}` });
  await visit.title('consumer failed').waitFor();
  await tabTo(visit, 'button Discard');
  await visit.page.keyboard.press('Enter');
  await visit.page.getByRole('dialog').waitFor();
  assert.equal(await focus(visit), 'textarea Why');
  await visit.page.keyboard.press('Escape');
  await visit.page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await focus(visit), 'button Discard');
}
