// What people do on a page of an allowed origin. The page loads the client as the compiler wrote it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { launch, open } from '../../browser.mjs';

const given = JSON.parse(process.env.GIVEN);
const { outputs, password } = given;
const artisthub = await import(given.client);
const origin = new URL(given.redirectUri).origin;
const options = {
  url: outputs.apiUrl,
  userPoolId: outputs.userPoolId,
  hostedPage: {
    url: outputs.hostedUiUrl,
    clientId: outputs.userPoolClientId,
    redirectUri: given.redirectUri,
    logoutUri: given.logoutUri,
  },
};
const PAGE = `<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">
<script type="module">
  import * as artisthub from '/client/index.js';
  const api = artisthub.createClient({ ...${JSON.stringify(options)}, store: localStorage });
  Object.assign(window, { artisthub, api });
</script>`;

const browser = await launch(
  createServer(async (request, response) => {
    const [, file] = request.url.match(/^\/client\/(\w+\.js)$/) ?? [];
    response.setHeader('Content-Type', file ? 'text/javascript' : 'text/html');
    response.end(file ? await readFile(join(dirname(given.client), file)) : PAGE);
  })
);

async function aPage() {
  const { page, errors } = await open(browser);
  await visit(page, `${origin}/`);
  return { page, errors };
}

async function visit(page, address) {
  await page.goto(address);
  await ready(page);
}

const ready = (page) => page.waitForFunction(() => window.api);

function signIn(page, email, more = {}) {
  return page.evaluate((account) => api.auth.signIn(account), { email, password, ...more });
}

/** The code that an authenticator app shows (RFC 6238). */
function totp(secret) {
  const bits = [...secret].map((each) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(each));
  const key = Buffer.from(
    bits
      .map((each) => each.toString(2).padStart(5, '0'))
      .join('')
      .match(/.{8}/g)
      .map((octet) => Number.parseInt(octet, 2))
  );
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('sign up, confirm, make a profile with a picture, apply, hear of it and sign out', async () => {
  const { page, errors } = await aPage();
  const [email] = given.newcomers;

  const next = await page.evaluate((body) => api.signUp({ body }), { email, password });
  assert.deepEqual(next, { next: 'confirm' });
  await page.evaluate((body) => api.confirmSignUp({ body }), {
    email,
    password,
    code: given.signUpCode,
  });
  await signIn(page, email);
  const userId = await page.evaluate(async () => {
    const username = `name.${crypto.randomUUID().slice(0, 8)}`;
    const body = { username, role: 'artist', displayName: 'Maya Nair', bornOn: '1994-08-23' };
    return (await api.createUser({ body })).userId;
  });
  assert.equal((await page.evaluate(() => api.auth.session())).userId, userId);

  const picture = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 200 });
    canvas.getContext('2d').fillRect(50, 50, 100, 100);
    const file = await new Promise((made) => canvas.toBlob(made, 'image/png'));
    const { mediaUrl } = await api.upload(file);
    const { picture } = await api.setPicture({ body: { mediaUrl } });
    const image = Object.assign(new Image(), { src: api.mediaUrl(picture.small) });
    await image.decode();
    return [mediaUrl, file.size, image.naturalWidth];
  });
  assert.equal(picture[2], 96);
  // The redirect leads to S3, which must let pages of this origin read the file.
  const read = await page.evaluate(async (path) => {
    const [, , , userId, mediaId] = path.split('/');
    const file = await api.getMedia({ userId, mediaId });
    return [file.type, file.size];
  }, picture[0]);
  assert.deepEqual(read, ['image/png', picture[1]]);

  const { castingId } = given;
  const casting = await page.evaluate((id) => api.getCasting({ castingId: id }), castingId);
  const application = await page.evaluate((options) => api.applyToCasting(options), {
    castingId,
    body: { roleId: casting.roles[0].roleId, shareContact: false },
  });
  const listed = await page.evaluate(() => api.listMyApplications().take(5));
  assert.deepEqual(
    listed.map((each) => each.applicationId),
    [application.applicationId]
  );

  const recruiter = artisthub.createClient(options); // in Node.js
  await recruiter.auth.signIn({ email: given.recruiter, password });
  await recruiter.setApplicationStatus({
    castingId,
    applicationId: application.applicationId,
    ifMatch: application,
    body: { status: 'viewed' },
  });
  await page.waitForFunction(
    async () => {
      const { items } = await api.listNotifications();
      return items.length > 0;
    },
    null,
    { timeout: 120_000 }
  );

  await page.reload();
  await ready(page);
  assert.equal((await page.evaluate(() => api.getMe())).userId, userId);
  await page.evaluate(() => api.auth.signOut());
  const after = await page.evaluate(() => api.getMe().catch((error) => [error.code, error.status]));
  assert.deepEqual(after, ['Unauthorized', 401]);
  assert.deepEqual(errors, []);
});

test('sign in with a second factor, and without it on a remembered device', async () => {
  const { page, errors } = await aPage();
  const [email] = given.artists;
  await signIn(page, email);
  const { secret } = await page.evaluate(() => api.setUpTotp());
  await page.evaluate((code) => api.confirmTotp({ body: { code } }), totp(secret));
  await page.evaluate(() => {
    localStorage.clear();
  });

  const missing = await page.evaluate(
    (account) => api.auth.signIn(account).catch((error) => error.code),
    { email, password }
  );
  await page.exposeFunction('askForCode', () => totp(secret));
  const asked = await page.evaluate(
    (account) => api.auth.signIn({ ...account, totp: () => window.askForCode(), remember: true }),
    { email, password }
  );
  await page.evaluate(() => api.auth.signOut());
  const remembered = await signIn(page, email);

  assert.equal(missing, 'TotpRequired');
  assert.equal(remembered.deviceKey, asked.deviceKey);
  const devices = await page.evaluate(() => api.listDevices().take(10));
  const [device] = devices.filter((each) => each.deviceKey === asked.deviceKey);
  assert.equal(device.isRemembered, true);
  assert.deepEqual(errors, []);
});

test('sign in on the hosted page, and refresh that session', async () => {
  const { page, errors } = await aPage();
  const email = given.artists[1];

  await page.goto(await page.evaluate(() => api.auth.hosted.url()));
  await page.fill('input[name=username]', email);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
  await page.waitForURL(`${given.redirectUri}?*`);
  await ready(page);
  const session = await page.evaluate(() => api.auth.hosted.exchangeCode(location.href));
  const refreshed = await page.evaluate(() => api.auth.refresh());

  const me = await page.evaluate(() => api.getMe());
  assert.deepEqual(
    [me.email, me.userId, session.userId],
    [email, session.userId, refreshed.userId]
  );
  assert.notEqual(session.accessToken, refreshed.accessToken);
  await page.evaluate(() => api.auth.signOut());
  await page.goto(await page.evaluate(() => api.auth.hosted.logoutUrl()));
  assert.equal(page.url(), given.logoutUri);
  assert.deepEqual(errors, []);
});

test('sign up on the hosted page, and reset a forgotten password there', async () => {
  const { page, errors } = await aPage();
  const email = given.newcomers[1];
  const changed = `${password}-2`;
  const send = async (typed) => {
    for (const [name, value] of Object.entries(typed))
      await page.fill(`input[name=${name}]`, value);
    await page.click('button[type=submit]');
  };
  const finish = async () => {
    await page.waitForURL(`${given.redirectUri}?*`);
    await ready(page);
    await page.evaluate(() => api.auth.hosted.exchangeCode(location.href));
    return page.evaluate(() => api.listDevices().take(1));
  };

  await page.goto(await page.evaluate(() => api.auth.hosted.url('signup')));
  await send({ username: email, password });
  await send({ code: given.signUpCode });
  assert.deepEqual(await finish(), []);

  await page.goto(await page.evaluate(() => api.auth.hosted.url()));
  await page.click('text=Forgot your password?');
  await send({ username: email });
  await send({ code: given.resetCode, password: changed });
  await send({ username: email, password: changed });
  assert.deepEqual(await finish(), []);
  assert.deepEqual(errors, []);
});

test('refresh an expired token once for all calls', async () => {
  const { page, errors } = await aPage();
  await signIn(page, given.artists[2]);
  const refreshes = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/auth/refresh')) refreshes.push(1);
  });

  const names = await page.evaluate(async () => {
    const session = JSON.parse(localStorage['artisthub.session']);
    localStorage['artisthub.session'] = JSON.stringify({ ...session, expiresAt: Date.now() });
    const both = await Promise.all([api.getMe(), api.getMe()]);
    return both.map((me) => me.displayName);
  });

  assert.deepEqual(names, ['Priya Sharma', 'Priya Sharma']);
  assert.equal(refreshes.length, 1);
  assert.deepEqual(errors, []);
});

test('recover from a refused token that API Gateway hides from the page', async () => {
  const { page, errors } = await aPage();
  await signIn(page, given.artists[2]);

  const name = await page.evaluate(async () => {
    const session = JSON.parse(localStorage['artisthub.session']);
    localStorage['artisthub.session'] = JSON.stringify({ ...session, accessToken: 'e30.e30.e30' });
    return (await api.getMe()).displayName;
  });

  assert.equal(name, 'Priya Sharma');
  assert.ok(errors.length > 0);
  assert.ok(
    errors.every((error) => /CORS policy|ERR_FAILED/.test(error)),
    errors.join('\n')
  );
});

test('read the headers and the errors of the service', async () => {
  const { page } = await aPage();
  await signIn(page, given.artists[3]);

  const found = await page.evaluate(async () => {
    const response = await api.send('getMe');
    const me = await response.json();
    const ifMatch = `"${me.version}"`;
    await api.updateUser({ ifMatch, body: { headline: 'Dancer' } });
    const fails = async (call) =>
      call.catch(({ code, status, requestId, errors }) => ({ code, status, requestId, errors }));
    return {
      etag: response.headers.get('ETag'),
      requestId: response.headers.get('X-Request-Id'),
      stale: await fails(api.updateUser({ ifMatch, body: { headline: 'Actor' } })),
      invalid: await fails(api.updateUser({ ifMatch: '*', body: { displayName: '' } })),
      wrong: await fails(api.auth.signIn({ email: me.email, password: 'Wrong-Password-1' })),
      method: await fetch(api.mediaUrl('/v1/users/me/picture'), { method: 'POST' }).then(
        (answer) => answer.headers.get('Allow'),
        () => 'hidden'
      ),
    };
  });

  assert.match(found.etag, /^"\d+/);
  assert.ok(found.requestId);
  assert.deepEqual([found.stale.code, found.stale.status], ['Stale', 412]);
  assert.ok(found.stale.requestId);
  assert.deepEqual(
    [found.invalid.code, found.invalid.errors[0].pointer],
    ['Invalid', '/displayName']
  );
  assert.deepEqual([found.wrong.code, found.wrong.status], ['SignInFailed', 401]);
  assert.equal(found.method, 'DELETE, PUT');
});
