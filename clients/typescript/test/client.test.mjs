// Run by tests/unit/clients: the client against responses that the tests make up.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { MemoryStore, change, createClient, etagOf, isArtistHubError } = await import(
  process.env.CLIENT
);

const HOUR = 3_600_000;

/** A signed-in client whose requests get these responses, one after the other. */
function aClient(responses, options = {}) {
  const requests = [];
  const fetch = async (url, request) => {
    const { method, headers, body } = request;
    requests.push({ url: String(url), method, headers: new Headers(headers), body });
    const next = responses.shift();
    assert.ok(next, `unexpected request: ${method} ${url}`);
    if (next instanceof Error) throw next;
    const [status, content = null, given = {}] = next;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    const text = content === null ? null : JSON.stringify(content);
    return new Response(text, { status, headers: { 'Content-Type': type, ...given } });
  };
  const store = new MemoryStore();
  const api = createClient({
    url: 'https://api.example/',
    fetch,
    store,
    maxWaitMs: 2_000,
    ...options,
  });
  signedIn(store);
  return { api, requests, store };
}

function signedIn(store, session = {}) {
  const kept = { userId: 'u', accessToken: 'old', refreshToken: 'r', expiresAt: Date.now() + HOUR };
  store.setItem('artisthub.session', JSON.stringify({ ...kept, ...session }));
}

const TOKEN = `h.${btoa(JSON.stringify({ sub: 'u' }))}.s`;
const REFRESHED = [200, { tokens: { accessToken: TOKEN, expiresIn: 3600, tokenType: 'Bearer' } }];
const OFFLINE = new TypeError('fetch failed');

test('programs name the client and its version, and pages leave that to the browser', async (t) => {
  const { api, requests } = aClient([
    [200, {}],
    [200, {}],
  ]);

  await api.health();
  globalThis.window = {};
  t.after(() => delete globalThis.window);
  await api.health();

  const [program, page] = requests.map((each) => each.headers.get('User-Agent'));
  assert.equal(
    program,
    `artisthub-typescript/${process.env.VERSION} node/${process.versions.node}`
  );
  assert.equal(page, null);
});

test('parameters go to the path and the query, lists with commas', async () => {
  const { api, requests } = aClient([[200, { items: [], next: null }]]);

  await api.listRecruiterCastings({
    recruiterId: 'a/b',
    status: ['open', 'closed'],
    limit: undefined,
  });

  assert.equal(
    requests[0].url,
    'https://api.example/v1/recruiters/a%2Fb/castings?status=open%2Cclosed'
  );
});

test('an empty text is no filter', async () => {
  const { api, requests } = aClient([[200, { items: [], next: null }]]);

  await api.searchCastings({ text: '', city: ['Kochi'], cursor: null });

  assert.equal(requests[0].url, 'https://api.example/v1/castings?city=Kochi');
});

test('a missing part of the path is an error that names it', async () => {
  const { api, requests } = aClient([]);

  await assert.rejects(api.getCasting({}), { name: 'TypeError', message: 'Pass `castingId`.' });
  await assert.rejects(api.getCasting({ castingId: '' }), TypeError);
  assert.deepEqual(requests, []);
});

test('a missing address of the API is an error that says so', () => {
  assert.throws(() => createClient({ url: undefined }), /`url` must be the API's address/);
  assert.throws(() => createClient({ url: 'api.example' }), /not "api.example"/);
});

test('a list is read page by page, also if a page is empty', async () => {
  const pages = [
    [200, { items: [1, 2], next: 'b' }],
    [200, { items: [], next: 'c' }],
    [200, { items: [3], next: null }],
  ];
  const { api, requests } = aClient(pages);

  const items = [];
  for await (const item of api.searchCastings({ city: ['Kochi'] })) items.push(item);

  assert.deepEqual(items, [1, 2, 3]);
  assert.match(requests[2].url, /city=Kochi&cursor=c$/);
});

test('a list that is awaited is its first page', async () => {
  const { api } = aClient([[200, { items: [1], next: 'b' }]]);

  assert.deepEqual(await api.searchCastings(), { items: [1], next: 'b' });
});

test('a list is a promise of its first page, which is read once', async () => {
  const { api, requests } = aClient([
    [200, { items: [1], next: null }],
    [400, { code: 'BadCursor', detail: 'Start without `cursor`.' }],
  ]);

  const list = api.searchCastings();
  assert.equal(await list, await list.finally());
  const code = await api.searchCastings({ cursor: 'x' }).catch((error) => error.code);

  assert.equal(code, 'BadCursor');
  assert.equal(requests.length, 2);
});

test('taking items reads no page too many', async () => {
  const { api, requests } = aClient([[200, { items: [1, 2, 3], next: 'b' }]]);

  assert.deepEqual(await api.searchCastings().take(2), [1, 2]);
  assert.equal(requests.length, 1);
});

test('a create has an idempotency key, the same for each try', async () => {
  const { api, requests } = aClient([OFFLINE, [503], [201, { castingId: 'c' }]]);

  await api.createCasting({ body: {} });

  const keys = requests.map((each) => each.headers.get('Idempotency-Key'));
  assert.match(keys[0], /^[0-9a-f-]{36}$/);
  assert.deepEqual(new Set(keys).size, 1);
});

test('a change without a key is not sent again, unless it was throttled', async () => {
  const { api, requests } = aClient([[429], [503, { code: 'Busy', detail: 'Busy' }]]);

  await assert.rejects(api.blockUser({ userId: 'u' }), { code: 'Busy', status: 503 });
  assert.equal(requests.length, 2);
});

test('the client waits as long as Retry-After says', async () => {
  const { api } = aClient([
    [503, null, { 'Retry-After': '1' }],
    [200, {}],
  ]);
  const began = Date.now();

  await api.health();

  assert.ok(Date.now() - began >= 1_000);
});

test('a wait that is too long is an error at once', async () => {
  const problem = { code: 'QuotaExceeded', detail: 'Enough for today.', quota: 'castings' };
  const { api, requests } = aClient([[429, problem, { 'Retry-After': '3600' }]]);

  await assert.rejects(api.health(), {
    code: 'QuotaExceeded',
    quota: 'castings',
    retryAfter: 3600,
  });
  assert.equal(requests.length, 1);
});

test('an error has the code, the request id and all wrong fields', async () => {
  const errors = [{ pointer: '/title', detail: 'is required' }];
  const problem = { code: 'Invalid', detail: 'Some fields are wrong.', errors };
  const { api } = aClient([[422, problem, { 'X-Request-Id': 'id-1' }]]);

  const error = await api.createCasting({ body: {} }).catch((each) => each);

  assert.ok(isArtistHubError(error, 'Stale', 'Invalid'));
  assert.ok(!isArtistHubError(error, 'Stale'));
  assert.deepEqual(
    [error.errors, error.requestId, error.message],
    [errors, 'id-1', 'title is required']
  );
});

test('an error of several fields has the words of the API', async () => {
  const errors = [{ pointer: '/roles/0/pay', detail: 'is required' }];
  const problem = { code: 'PayNotStated', detail: 'Say whether the roles are paid.', errors };
  const { api } = aClient([[409, problem]]);

  await assert.rejects(api.setCastingStatus({ castingId: 'c', body: {} }), {
    code: 'PayNotStated',
    message: problem.detail,
    errors,
  });
});

test('an operation that needs a token is not sent without one', async () => {
  const { api, requests, store } = aClient([]);
  store.removeItem('artisthub.session');

  await assert.rejects(api.getMe(), { code: 'Unauthorized', status: 401 });
  assert.deepEqual(requests, []);
});

test('an error of the gateway has a code too', async () => {
  const type = { 'Content-Type': 'application/json' };
  const { api } = aClient([[500, { message: 'Internal Server Error' }, type]]);

  await assert.rejects(api.health(), { code: 'InternalError', message: 'Internal Server Error' });
});

test('a token is refreshed a minute before it expires, once for all calls', async () => {
  const { api, requests, store } = aClient([REFRESHED, [200, {}], [200, {}]]);
  signedIn(store, { expiresAt: Date.now() + 30_000, deviceKey: 'd' });

  await Promise.all([api.getMe(), api.getMyViews()]);

  assert.equal(requests[0].url, 'https://api.example/v1/auth/refresh');
  assert.deepEqual(JSON.parse(requests[0].body), {
    username: 'u',
    refreshToken: 'r',
    deviceKey: 'd',
  });
  assert.equal(requests[1].headers.get('Authorization'), `Bearer ${TOKEN}`);
  const session = await api.auth.session();
  assert.deepEqual([session.refreshToken, session.deviceKey], ['r', 'd']);
  assert.ok(session.expiresAt > Date.now() + HOUR - 60_000);
});

test('a refused token is refreshed once', async () => {
  const { api, requests } = aClient([[401], REFRESHED, [204]]);

  await api.blockUser({ userId: 'x' });

  assert.equal(requests[2].headers.get('Authorization'), `Bearer ${TOKEN}`);
});

test('a refused token that the browser hides is refreshed too', async () => {
  const { api } = aClient([OFFLINE, REFRESHED, [200, { userId: 'u' }]], { retries: 0 });

  assert.deepEqual(await api.getMe(), { userId: 'u' });
});

test('after a refusal that the browser hides, a change is not repeated, and the next one works', async () => {
  const { api, requests } = aClient([OFFLINE, REFRESHED, [204]]);

  await assert.rejects(api.blockUser({ userId: 'x' }), { code: 'NoResponse' });
  await api.blockUser({ userId: 'x' });

  assert.equal(requests[2].headers.get('Authorization'), `Bearer ${TOKEN}`);
});

test('a sign-out whose refusal the browser hides is made with a new token', async () => {
  const { api, requests } = aClient([OFFLINE, REFRESHED, [204]]);

  await api.auth.signOut();

  assert.ok(requests[2].url.endsWith('/v1/auth/logout'));
  assert.equal(requests[2].headers.get('Authorization'), `Bearer ${TOKEN}`);
  assert.equal(await api.auth.session(), null);
});

test('offline is not a sign-out', async () => {
  const { api } = aClient([OFFLINE, OFFLINE], { retries: 0 });

  await assert.rejects(api.getMe(), { code: 'NoResponse', status: 0 });
  assert.ok(await api.auth.session());
});

test('a session that has ended is forgotten, and listeners hear of it', async () => {
  const { api, store } = aClient([[401, { code: 'SessionEnded', detail: 'Sign in again.' }]]);
  signedIn(store, { expiresAt: 0 });
  const heard = [];
  api.auth.onChange((session) => heard.push(session));

  await assert.rejects(api.getMe(), { code: 'SessionEnded' });

  assert.deepEqual(heard, [null]);
  assert.equal(await api.auth.session(), null);
});

test('listeners hear of a sign-out in another tab, until they stop', async (t) => {
  const tabs = new EventTarget();
  for (const name of ['addEventListener', 'removeEventListener']) {
    globalThis[name] = tabs[name].bind(tabs);
    t.after(() => delete globalThis[name]);
  }
  const { api, store } = aClient([]);
  const heard = [];
  const stop = api.auth.onChange((session) => heard.push(session?.userId));
  const changed = (key, newValue, storageArea = store) =>
    tabs.dispatchEvent(Object.assign(new Event('storage'), { key, newValue, storageArea }));

  changed('artisthub.session', '{"userId": "v"}');
  changed('another.key', '{"userId": "w"}');
  changed('artisthub.session', '{"userId": "x"}', new MemoryStore());
  changed('artisthub.session', null);
  stop();
  changed('artisthub.session', '{"userId": "y"}');

  assert.deepEqual(heard, ['v', undefined]);
});

test('a sign-in that cannot work says what is missing', async (t) => {
  const signIn = (options) =>
    aClient([], options).api.auth.signIn({ email: 'm@example.com', password: 'p' });

  await assert.rejects(signIn({}), /Pass `userPoolId` to createClient/);
  t.mock.getter(crypto, 'subtle', () => undefined); // as on a page of http://192.168.0.2
  await assert.rejects(
    signIn({ userPoolId: 'ap-south-1_AbCd' }),
    /on https: or http:\/\/localhost/
  );
});

test('a token that is about to expire is used if it cannot be refreshed', async () => {
  const { api, store } = aClient([OFFLINE, [200, {}]], { retries: 0 });
  signedIn(store, { expiresAt: Date.now() + 30_000 });

  await api.getMe();
});

test('public operations get no token', async () => {
  const { api, requests } = aClient([[200, { items: [], next: null }]]);

  await api.searchCastings();

  assert.equal(requests[0].headers.get('Authorization'), null);
});

test('signing out forgets the tokens also without a response', async () => {
  const { api } = aClient([OFFLINE, OFFLINE], { retries: 0 });

  await assert.rejects(api.auth.signOut(), { code: 'NoResponse' });
  assert.equal(await api.auth.session(), null);
});

test('If-Match has the ETag of what was read, or its version', async () => {
  const { api, requests } = aClient([
    [200, { version: 3 }, { ETag: '"3-1c291ca3"' }],
    [200, {}],
  ]);

  const casting = await api.getCasting({ castingId: 'c' });
  await api.updateCasting({ castingId: 'c', ifMatch: casting, body: { city: null } });

  assert.equal(requests[1].headers.get('If-Match'), '"3-1c291ca3"');
  assert.equal(etagOf({ version: 7 }), '"7"');
});

test('a resource that has not changed is returned as it was read', async () => {
  const { api, requests } = aClient([[200, { version: 1 }, { ETag: '"1"' }], [304]]);

  const me = await api.getMe();

  assert.equal(await api.getMe({ ifNoneMatch: me }), me);
  assert.equal(requests[1].headers.get('If-None-Match'), '"1"');
});

test('a change that came too late is made again on what is there now', async () => {
  const stale = [412, { code: 'Stale', detail: 'This has changed.' }];
  const { api, requests } = aClient([
    [200, { version: 1 }],
    stale,
    [200, { version: 2 }],
    [200, {}],
  ]);

  await change(
    () => api.getMe(),
    (me) => api.updateUser({ ifMatch: me, body: { city: 'Pune' } })
  );

  assert.equal(requests[3].headers.get('If-Match'), '"2"');
});

test('an upload sends the form first and the file last', async () => {
  const made = {
    url: 'https://s3.example/',
    fields: { key: 'k', policy: 'p' },
    mediaUrl: '/v1/media/u/m',
  };
  const { api, requests } = aClient([[201, made], [204]]);

  const { mediaUrl } = await api.upload(new Blob(['x'], { type: 'image/png' }));

  assert.deepEqual(JSON.parse(requests[0].body), {
    kind: 'image',
    contentType: 'image/png',
    fileBytes: 1,
  });
  assert.deepEqual([...requests[1].body.keys()], ['key', 'policy', 'file']);
  assert.equal(api.mediaUrl(mediaUrl), 'https://api.example/v1/media/u/m');
});

test('an upload that S3 refuses is an error with its reason', async () => {
  const made = { url: 'https://s3.example/', fields: {}, mediaUrl: '/v1/media/u/m' };
  const refusal = new Response('<Error><Message>Too large</Message></Error>', { status: 400 });
  const responses = [[201, made]];
  const { api } = aClient(responses, {
    fetch: async (url) => (String(url).includes('s3') ? refusal : Response.json(made)),
  });

  const file = new Blob(['x'], { type: 'application/pdf' });

  await assert.rejects(api.upload(file), {
    code: 'UploadFailed',
    message: 'Too large',
    status: 400,
  });
});

test('a caller can end a call, also while it waits', async () => {
  const { api } = aClient([[503]]);

  await assert.rejects(api.health({ signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' });
});

test('the hosted page gets the S256 challenge of a secret, and its answer must have the state', async () => {
  const { api, requests } = aClient([REFRESHED], {
    hostedPage: {
      url: 'https://page.example',
      clientId: 'c',
      redirectUri: 'http://localhost:3000/',
    },
  });

  const address = new URL(await api.auth.hosted.url('signup'));
  const asked = address.searchParams;
  const answer = `http://localhost:3000/?code=abc&state=${asked.get('state')}`;
  await assert.rejects(api.auth.hosted.exchangeCode('http://localhost:3000/?code=abc&state=x'), {
    code: 'HostedSignInFailed',
  });
  const session = await api.auth.hosted.exchangeCode(answer);

  assert.equal(address.pathname, '/signup');
  const { codeVerifier } = JSON.parse(requests[0].body);
  const bytes = new TextEncoder().encode(codeVerifier);
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64url');
  assert.equal(asked.get('code_challenge'), digest);
  assert.deepEqual([session.userId, session.deviceKey], ['u', undefined]);
  await assert.rejects(api.auth.hosted.exchangeCode(answer), { code: 'HostedSignInFailed' });
});

test('a sign-in proves the password, then the device that an earlier one confirmed', async (t) => {
  t.mock.method(crypto, 'getRandomValues', (bytes) => bytes.map((_, index) => index + 1));
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 2, 16, 54) });
  const parameters = {
    USER_ID_FOR_SRP: 'u',
    USERNAME: 'u',
    SALT: '8f00aa',
    SRP_B: (2n ** 3000n).toString(16),
    SECRET_BLOCK: 'YmxvY2v/AA==',
  };
  const challenge = (name) => [200, { challenge: name, parameters, session: name }];
  const tokens = { accessToken: TOKEN, expiresIn: 3600, tokenType: 'Bearer', refreshToken: 'r' };
  const newDevice = { deviceKey: 'd-1', deviceGroupKey: '-g' };
  const { api, requests } = aClient(
    [
      challenge('PASSWORD_VERIFIER'),
      challenge('SOFTWARE_TOKEN_MFA'),
      [200, { tokens, newDevice }],
      [204],
      challenge('PASSWORD_VERIFIER'),
      challenge('DEVICE_SRP_AUTH'),
      challenge('DEVICE_PASSWORD_VERIFIER'),
      [200, { tokens }],
    ],
    { userPoolId: 'ap-south-1_AbCd' }
  );
  const account = {
    email: 'maya@example.com',
    password: 'Mönsoon-Stage-2026',
    totp: () => '123456',
  };

  const first = await api.auth.signIn({ ...account, remember: true, deviceName: 'Phone' });
  const second = await api.auth.signIn({ ...account, email: 'Maya@example.com' });

  const [login, proof, code, device, again, , srp, deviceProof] = requests.map((each) =>
    JSON.parse(each.body)
  );
  // What pycognito computes from the same random numbers, at the same time.
  assert.equal(
    await digestOf(login.srpA),
    'd49dced9d612a2c2f13fef2da5e8ea8c0f7ecc6255b2dd0dba70f89b65a7c1e1'
  );
  assert.deepEqual(proof, {
    username: 'u',
    session: 'PASSWORD_VERIFIER',
    challenge: 'PASSWORD_VERIFIER',
    secretBlock: parameters.SECRET_BLOCK,
    signature: 'zcDAm/s0IW/Fh5cUqm5HgYzJTYPowrhLMMm2XCbJeGw=',
    timestamp: 'Mon Nov 2 16:54:00 UTC 2026',
  });
  assert.deepEqual([code.challenge, code.code], ['SOFTWARE_TOKEN_MFA', '123456']);
  assert.equal(
    await digestOf(device.passwordVerifier),
    'fa922aa819b4cbce3c396df1a2683b0f0c1a9ffac9127c81962be184043f6eb7'
  );
  assert.deepEqual(
    [device.salt, device.name, device.remember],
    ['AQIDBAUGBwgJCgsMDQ4PEA==', 'Phone', true]
  );
  assert.equal(again.deviceKey, 'd-1');
  assert.deepEqual([srp.srpA, srp.deviceKey], [login.srpA, 'd-1']);
  assert.equal(deviceProof.signature, 'rMrtm3sRsxl/OjKWqo+gVzQIzTCxuc7SekvgafXrYCw=');
  assert.deepEqual([first.deviceKey, second.deviceKey], ['d-1', 'd-1']);
});

test('a device that was forgotten does not prevent a sign-in', async () => {
  const failed = [401, { code: 'SignInFailed', detail: 'Sign-in failed.' }];
  const { api, requests, store } = aClient([failed, failed], { userPoolId: 'ap-south-1_AbCd' });
  store.setItem(
    'artisthub.device.m@example.com',
    JSON.stringify({ key: 'd', group: 'g', secret: 's' })
  );

  await assert.rejects(api.auth.signIn({ email: 'm@example.com', password: 'p' }), {
    code: 'SignInFailed',
  });

  const sent = requests.map((each) => JSON.parse(each.body).deviceKey);
  assert.deepEqual(sent, ['d', undefined]);
  assert.ok(store.getItem('artisthub.device.m@example.com'));
});

async function digestOf(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(digest).toString('hex');
}
