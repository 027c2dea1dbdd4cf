import assert from 'node:assert/strict';
import { ndjson } from './partner.mjs';
import { until } from './visit.mjs';

const SLOW = 30 * 1024;

function file(name, text, mimeType = '') {
  return { name, mimeType, buffer: Buffer.from(text) };
}

async function choose(visit, ...files) {
  const chooser = visit.page.waitForEvent('filechooser');
  await visit.page.getByText('Choose files').click();
  await (await chooser).setFiles(files);
}

function line(visit, name) {
  return visit.page.getByRole('listitem').filter({ has: visit.page.getByText(name, { exact: true }) });
}

async function throttle(visit, uploadThroughput) {
  const devtools = await visit.page.context().newCDPSession(visit.page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
}

/** Sent slowly, called off, sent again, and followed through the pipeline to its rows, while other places are looked at. */
export async function anUploadIsCancelledSentAgainAndFollowed(visitor) {
  const visit = await visitor({ place: '/upload' });
  await throttle(visit, SLOW);
  const rows = Array.from({ length: 20 }, (_, i) => ({ id: `large-${i}`, text: 'x'.repeat(30_000) }));
  await choose(visit, file('large.ndjson', ndjson(...rows)));
  const one = line(visit, 'large.ndjson');
  assert.equal(await one.getByLabel('Feed').inputValue(), 'places');
  await visit.button('Send 1 file').click();
  await one.getByText(/^[\d.]+ KB of 586\.\d KB, [1-9]\d? %, [1-9][\d.]* KB\/s$/).waitFor();
  const bar = one.getByRole('progressbar', { name: 'Bytes sent of large.ndjson' });
  const part = await bar.evaluate((progress) => progress.value / progress.max);
  assert.ok(part > 0 && part < 1, String(part));
  await visit.link('Upload · 1 under way', false).waitFor();

  await visit.button('Cancel: large.ndjson').click();
  await visit.sees('Cancelled. If all of it had been sent by then');
  await throttle(visit, -1);
  await visit.button('Try again: large.ndjson').click();
  await visit.goes('/objects');
  await visit.title('Objects').waitFor();
  await visit.goes('/upload');
  await one.getByText('20 rows').waitFor();
  assert.deepEqual((await one.locator('.step').allInnerTexts()), ['Sent', 'Noticed', 'Reading', 'Done']);
  await one.getByRole('link', { name: 'Look at the object' }).click();
  await visit.title('places/large.ndjson').waitFor();
}

export async function whatTheBucketRefusesIsTriedAgain(visitor, { web }) {
  const visit = await visitor({ place: '/upload' });
  visit.expects(/status of 403/);
  const puts = [];
  await visit.page.route((url) => !url.href.startsWith(web), async (route) => {
    puts.push(route.request());
    if (puts.length > 1) await route.continue();
    else await route.fulfill({ status: 403, headers: { 'access-control-allow-origin': '*' } });
  });
  await choose(visit, file('refused.ndjson', ndjson({ id: 'refused' }), 'application/json'));
  await visit.button('Send 1 file').click();
  await visit.sees('The bucket answered 403. Permission lasts 15 minutes: try again.');
  await visit.button('Try again: refused.ndjson').click();
  await line(visit, 'refused.ndjson').getByText('1 row', { exact: true }).waitFor();
  assert.equal(puts.at(-1).headers()['content-type'], 'application/json');
}

/** However many were sent, one look is for all of them; where nothing happens it is a slow one, and none where nobody sees it. */
export async function whatNobodyHasNoticedIsTold(visitor) {
  const visit = await visitor({ place: '/upload' });
  const names = ['late-1.ndjson', 'late-2.ndjson', 'late-3.ndjson'];
  let looks = 0;
  await visit.page.route('**/api/objects?*', (route) => {
    looks += 1;
    return route.fulfill({ json: { items: [] } });
  });
  await visit.page.clock.install();
  await choose(visit, ...names.map((name) => file(name, ndjson({ id: name }))));
  await visit.button('Send 3 files').click();
  for (const name of names) await line(visit, name).getByText('Sent. Sluice takes it from here.').waitFor();

  async function passes(seconds) {
    const before = looks;
    await visit.page.clock.fastForward(1000 * seconds);
    await until(() => looks > before);
  }
  await passes(31);
  for (const name of names) await line(visit, name).getByText('Sent, but not noticed yet.').waitFor();
  for (const seconds of [3, 6]) await passes(seconds);
  const before = looks;
  for (const seconds of [6, 6]) await passes(seconds);
  assert.equal(looks - before, 2);

  await hide(visit, true);
  await visit.page.clock.fastForward(60_000);
  await visit.page.evaluate(() => fetch('api/feeds').then(({ status }) => status));
  assert.equal(looks - before, 2);
  await hide(visit, false);
  await until(() => looks - before === 3);
}

/** As if another tab was in front of it. */
async function hide(visit, hidden) {
  await visit.page.evaluate((yes) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => yes });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** The one whose name could be two feeds' is asked about; what its feed does not take is refused by the API. */
export async function droppedFilesGoToTheFeedOfTheirName(visitor) {
  const visit = await visitor();
  visit.expects(/status of 422/);
  await visit.title('Feeds').waitFor();
  await visit.page.getByRole('article').first().waitFor();
  const dropped = await visit.page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{"id":"dropped"}\n'], 'dropped.ndjson'));
    data.items.add(new File(['SUCountry,SUCode\nXX,2\n'], 'which.csv', { type: 'text/csv' }));
    data.items.add(new File([], 'empty.ndjson'));
    return data;
  });
  for (const type of ['dragenter', 'dragover', 'drop']) await visit.page.dispatchEvent('main', type, { dataTransfer: dropped });
  await visit.title('Upload').waitFor();
  await line(visit, 'which.csv').getByLabel('Feed').selectOption('subdivisions');
  await visit.button('Send 3 files').click();
  await line(visit, 'dropped.ndjson').getByText('done').last().waitFor();
  await line(visit, 'which.csv').getByText('done').last().waitFor();
  await line(visit, 'empty.ndjson').getByRole('alert').waitFor();
  await visit.button('Take off the list: empty.ndjson').click();
  await until(async () => (await line(visit, 'empty.ndjson').count()) === 0);
}

/** Where the feed says only that there is a folder, its name is the user's to say, also after it was wrong. */
export async function aFileGoesIntoTheFolderThatItsNameSays(visitor) {
  const visit = await visitor({ place: '/nowhere' });
  visit.expects(/status of 422/);
  await visit.page.route('**/api/feeds', async (route) => {
    const response = await route.fetch();
    const { items } = await response.json();
    await route.fulfill({ response, json: { items: items.map((feed) => (feed.name === 'places' ? { ...feed, match: 'log/{day}/*.ndjson' } : feed)) } });
  });
  const names = [];
  await visit.page.route('**/api/objects', async (route) => {
    names.push(route.request().postDataJSON().name);
    await route.fulfill({ status: 422, json: { title: 'Unprocessable', detail: 'name has to make a key like that.' } });
  });
  await visit.page.reload();
  await visit.goes('/upload');
  await choose(visit, file('day.ndjson', ndjson({ id: 'day' })), file('card.csv', 'SUCountry,SUCode\nXX,1\n'));
  const one = line(visit, 'day.ndjson');
  const name = one.getByLabel('Name, with its folders, so that it is like log/{day}/*.ndjson');
  assert.equal(await line(visit, 'card.csv').getByLabel('Name, with').count(), 0);
  assert.equal(await name.inputValue(), 'day.ndjson');
  await visit.button('Send 1 file').click();
  await one.getByRole('alert').filter({ hasText: 'name has to make a key like that.' }).waitFor();
  await name.fill('2026-11-29/day.ndjson');
  await visit.button('Try again: day.ndjson').click();
  await until(() => names.length === 2);
  assert.deepEqual(names, ['day.ndjson', '2026-11-29/day.ndjson']);
}

/** What is dropped on a feed's card goes to that feed. */
export async function aFileDroppedOnAFeedGoesThere(visitor) {
  const visit = await visitor();
  const card = visit.page.getByRole('article', { name: 'subdivisions' });
  await card.waitFor();
  const dropped = await visit.page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['SUCountry,SUCode\nXX,1\n'], 'card.csv'));
    return data;
  });
  await card.dispatchEvent('drop', { dataTransfer: dropped });
  assert.equal(await line(visit, 'card.csv').getByLabel('Feed').inputValue(), 'subdivisions');
}
