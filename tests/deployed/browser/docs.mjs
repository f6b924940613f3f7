// The documentation page in Chromium: what it shows, whether everyone can use it, and its sign-in.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { launch, open } from '../../browser.mjs';

const given = JSON.parse(process.env.GIVEN);
const WIDTHS = {
  desktop: { viewport: { width: 1360, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
};
const axe = await readFile(given.axe, 'utf8');
const browser = await launch(createServer());
await mkdir(given.screenshots, { recursive: true });

async function visit(operation, options = WIDTHS.desktop) {
  const { page, errors } = await open(browser, options);
  const foreign = [];
  page.on('request', (request) => {
    const isOwn =
      request.url().startsWith(given.outputs.apiUrl) || request.url().startsWith('data:');
    if (!isOwn) foreign.push(request.url());
  });
  await page.goto(`${given.outputs.docsUrl}#${operation}`);
  await page.waitForSelector(operation === 'start' ? '.first' : '.opblock-body');
  return { page, errors, foreign };
}

for (const [width, options] of Object.entries(WIDTHS)) {
  for (const operation of given.operations) {
    test(`${operation} on a ${width} has no fault of accessibility`, async () => {
      const { page, errors, foreign } = await visit(operation, options);

      await page.screenshot({ path: `${given.screenshots}/docs-${operation}-${width}.png` });
      await page.evaluate(`${axe};0`);
      // Details of the other results take most of the time.
      const { violations } = await page.evaluate(() =>
        axe.run(document, { resultTypes: ['violations'] })
      );

      const faults = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${id}: ${html}`)
      );
      assert.deepEqual(faults, []);
      assert.deepEqual(errors, []);
      assert.deepEqual(foreign, []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `the page is ${wide} px too wide`);
    });
  }
}

test('the search finds operations by words of their descriptions', async () => {
  const { page } = await visit('start');

  await page.keyboard.press('/');
  await page.keyboard.type('publish casting status');
  const found = await page.locator('#tasks a').evaluateAll((all) => all.map((each) => each.title));
  await page.keyboard.press('Enter');

  assert.ok(found.includes('setCastingStatus'), found);
  assert.ok(found.length < 20);
  await page.waitForFunction((name) => location.hash === `#${name}`, found[0]);
});

test('each language has its sample, and the choice stays', async () => {
  const { page } = await visit('createCasting');
  const starts = {};

  for (const language of ['curl', 'Python', 'TypeScript']) {
    await page.getByRole('button', { name: language, exact: true }).click();
    starts[language] = (await page.locator('.samples pre').textContent()).slice(0, 18);
  }
  await page.reload();

  assert.deepEqual(starts, {
    curl: 'curl -X POST "$API',
    Python: 'hub.create_casting',
    TypeScript: 'await api.createCa',
  });
  await page.waitForSelector('[aria-pressed="true"]:text("TypeScript")');
});

test('the theme changes with its button and stays', async () => {
  const { page } = await visit('start');
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  const light = await back();
  await page.click('#theme');
  const dark = await back();
  await page.reload();

  assert.notEqual(light, dark);
  assert.equal(await back(), dark);
});

test('an account signs in on the page, calls an operation and signs out', async () => {
  const { page, errors } = await visit('getMe');
  const call = async () => {
    const [answer] = await Promise.all([
      page.waitForResponse(`${given.outputs.apiUrl}/v1/users/me`),
      page.getByRole('button', { name: 'Execute' }).click(),
    ]);
    return answer.status();
  };

  await page.click('#account');
  await page.fill('#email', given.email);
  await page.fill('#password', 'Wrong-Password-2026');
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForSelector('#failure:not(:empty)');
  await page.fill('#password', given.password);
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForSelector('#account:text("Sign out")');

  assert.equal(await call(), 200);
  await page.click('#account');
  await page.waitForSelector('#account:text("Sign in")');
  assert.equal(await call(), 401);
  const unexpected = errors.filter((each) => !/status of 401/.test(each));
  assert.deepEqual(unexpected, []);
});
