import assert from 'node:assert/strict';
import { letterOf, ndjson, send } from './partner.mjs';

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
  // One letter: of a word that comes slowly, the later ones would begin another.
  await visit.page.keyboard.press('f');
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

export async function aFileIsChosenAndSentByKeyboard(visitor) {
  const visit = await visitor({ place: '/upload' });
  await visit.title('Upload').waitFor();
  // Before the keys: a browser that nobody listens to opens a window of its own.
  const chooser = visit.page.waitForEvent('filechooser');
  await tabTo(visit, 'input Choose files');
  await visit.page.keyboard.press('Enter');
  await (await chooser).setFiles({ name: 'keys.ndjson', mimeType: '', buffer: Buffer.from(ndjson({ id: 'keys' })) });
  const one = visit.page.getByRole('listitem').filter({ hasText: 'keys.ndjson' });
  await one.getByLabel('Feed').waitFor();
  await tabTo(visit, 'button Send 1 file');
  await visit.page.keyboard.press('Enter');
  await one.getByText('1 row', { exact: true }).waitFor();
  assert.match(await focus(visit), /^button .*: keys.ndjson$/);
  await tabTo(visit, 'a Look at the rows');
}

export async function theTailIsPausedAndClearedByKeyboard(visitor, { web }) {
  const visit = await visitor({ place: '/live?feed=places&key=canal' });
  await visit.page.locator('.live.steady').waitFor();
  const changes = visit.page.getByRole('list', { name: 'Live changes' }).getByRole('listitem');
  await tabTo(visit, 'button Pause');
  await visit.page.keyboard.press('Space');
  assert.equal(await focus(visit), 'button Resume');
  await send(web, 'places', 'canals.ndjson', ndjson({ id: 'canal', text: 'water '.repeat(400) }));
  await visit.sees('1 change held back');
  await visit.page.keyboard.press('Space');
  await changes.waitFor();
  await tabTo(visit, 'a canal');
  // What scrolls is scrolled by keyboard too.
  await visit.page.keyboard.press('Tab');
  assert.match(await focus(visit), /^dl id/);
  await tabTo(visit, 'button Clear', 'Shift+Tab');
  await visit.page.keyboard.press('Enter');
  await visit.sees('No change since you came here');
  assert.equal(await focus(visit), 'button Clear');
}

export async function aLetterIsOpenedByKeyboard(visitor) {
  const visit = await visitor({ place: '/letters' });
  await visit.link('consumer failed').first().waitFor();
  await tabTo(visit, 'input Reason');
  await tabTo(visit, 'a consumer failed');
  await visit.page.keyboard.press('Enter');
  await visit.title('consumer failed').waitFor();
  await tabTo(visit, 'button Send again');
  await tabTo(visit, 'a Dead letters', 'Shift+Tab');
  await visit.page.keyboard.press('Enter');
  await visit.title('Dead letters').waitFor();
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
