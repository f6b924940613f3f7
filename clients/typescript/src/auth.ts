import { ArtistHubError, isArtistHubError } from './errors.js';
import type { AnswerChallengeOptions, Logout, Operations, Step, Tokens } from './generated.js';
import { type HostedPage, HostedSignIn } from './hosted.js';
import { deviceSecret, ensureWebCrypto, type Identity, type Parameters, Srp } from './srp.js';

/** Where sessions and devices are kept, such as `localStorage`. */
export interface Store {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** Keeps sessions as long as the page or the program runs. */
export class MemoryStore implements Store {
  readonly #items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }
}

/** A signed-in account. */
export interface Session {
  /** The account's id, which is the `userId` of its profile. */
  userId: string;
  accessToken: string;
  /** When the access token expires, in milliseconds since 1970. */
  expiresAt: number;
  idToken?: string;
  refreshToken?: string;
  /** The device of the sign-in. A session of the hosted page has none. */
  deviceKey?: string;
}

export interface SignIn {
  email: string;
  password: string;
  /** The code of the authenticator app, or a function that asks for it if it is needed. */
  totp?: string | (() => string | Promise<string>);
  /** Sign in on this device without a code from now on. Ask the owner first. */
  remember?: boolean;
  /** The name of this device in the list of devices. */
  deviceName?: string;
  signal?: AbortSignal;
}

/** A confirmed device. Its `secret` never leaves it. */
interface Device {
  key: string;
  group: string;
  secret: string;
}

const SESSION = 'artisthub.session';
const DEVICE = 'artisthub.device.';
// A token that is refreshed this long before it expires cannot expire on its way.
const AHEAD_MS = 60_000;

/** Sign-in, sign-out and the session. It refreshes the access token ahead of time. */
export class Auth {
  /** Sign-in on the hosted page. */
  readonly hosted: HostedSignIn;
  readonly #api: Operations;
  readonly #pool: string;
  readonly #store: Store;
  readonly #listeners = new Set<(session: Session | null) => void>();
  #refreshing: Promise<Session> | undefined;

  constructor(
    api: Operations,
    {
      userPoolId = '',
      store,
      hostedPage,
    }: { userPoolId?: string; store: Store; hostedPage?: HostedPage }
  ) {
    this.#api = api;
    this.#pool = userPoolId.split('_')[1] ?? '';
    this.#store = store;
    this.hosted = new HostedSignIn(api, store, hostedPage, (tokens) => this.#begin(tokens, {}));
  }

  /** The session, or null if nobody is signed in. */
  async session(): Promise<Session | null> {
    return JSON.parse((await this.#store.getItem(SESSION)) ?? 'null');
  }

  /**
   * Call this after each sign-in, refresh and sign-out, with `localStorage` also after those of other
   * tabs. Returns a function that stops it.
   */
  onChange(listener: (session: Session | null) => void): () => void {
    const inOtherTab = ({ storageArea, key, newValue }: StorageEvent) => {
      const isOurs = storageArea === this.#store && (key === SESSION || key === null);
      if (isOurs) listener(JSON.parse(newValue ?? 'null'));
    };
    this.#listeners.add(listener);
    globalThis.addEventListener?.('storage', inOtherTab);
    return () => {
      this.#listeners.delete(listener);
      globalThis.removeEventListener?.('storage', inOtherTab);
    };
  }

  /**
   * Sign in with SRP: the password never leaves the client.
   *
   * It also proves a known device, sends the code of the second factor, and confirms a new device,
   * so that the session can be refreshed.
   *
   * @throws {ArtistHubError} SignInFailed, TotpRequired, TotpCodeInvalid, TooManyRequests
   */
  async signIn(given: SignIn): Promise<Session> {
    if (!this.#pool) throw new TypeError('Pass `userPoolId` to createClient to sign in.');
    ensureWebCrypto();
    const device = await this.#device(given.email);
    if (device) {
      try {
        return await this.#signIn(given, device);
      } catch (error) {
        // The password is wrong, or the device was forgotten. The answer does not say which.
        if (!isArtistHubError(error, 'SignInFailed')) throw error;
      }
    }
    return this.#signIn(given, undefined);
  }

  /** End this session, or all sessions of the account. Forgets the tokens in any case. */
  async signOut({ everywhere = false } = {}): Promise<void> {
    const session = await this.session();
    if (!session) return;
    const { accessToken, refreshToken } = session;
    try {
      if (everywhere) await this.#logout({ everywhere }, accessToken);
      else if (refreshToken) await this.#logout({ refreshToken }, accessToken);
    } catch (error) {
      if (!isArtistHubError(error, 'SessionEnded', 'Unauthorized')) throw error;
    } finally {
      await this.#keep(null);
    }
  }

  /** Log out, again if the token was refused, which a browser hides, and has been replaced. */
  async #logout(body: Logout, accessToken: string): Promise<void> {
    try {
      await this.#api.logout({ body });
    } catch (error) {
      const isReplaced = (await this.session())?.accessToken !== accessToken;
      if (!isReplaced || !isArtistHubError(error, 'NoResponse')) throw error;
      await this.#api.logout({ body });
    }
  }

  /** Exchange the refresh token for a new access token. Calls at the same time share one request. */
  refresh(): Promise<Session> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /**
   * An access token that does not expire within a minute; undefined if nobody is signed in.
   *
   * `refused` is a token that the API did not accept.
   */
  async token(refused?: string): Promise<string | undefined> {
    const session = await this.session();
    if (!session) return undefined;
    const { accessToken, expiresAt } = session;
    const isRefused = accessToken === refused;
    if (!isRefused && expiresAt - AHEAD_MS > Date.now()) return accessToken;
    try {
      return (await this.refresh()).accessToken;
    } catch (error) {
      const isEnded =
        isRefused || expiresAt < Date.now() || isArtistHubError(error, 'SessionEnded');
      if (isEnded) throw error;
      return accessToken;
    }
  }

  async #refresh(): Promise<Session> {
    const session = await this.session();
    if (!session?.refreshToken) {
      await this.#keep(null);
      throw new ArtistHubError('SessionEnded', 'The session has ended. Sign in again.');
    }
    const { userId: username, refreshToken, deviceKey } = session;
    try {
      const body = { username, refreshToken, ...(deviceKey && { deviceKey }) };
      const { tokens } = await this.#api.refreshSession({ body });
      return await this.#begin(tokens, session);
    } catch (error) {
      if (isArtistHubError(error, 'SessionEnded')) await this.#keep(null);
      throw error;
    }
  }

  async #signIn(given: SignIn, device: Device | undefined): Promise<Session> {
    const { email, password, signal } = given;
    const call = signal ? { signal } : {};
    const named = device ? { deviceKey: device.key } : {};
    const srp = new Srp();
    const body = { email, srpA: srp.srpA, ...named };
    let step: Step = await this.#api.startLogin({ body, ...call });
    const username = step.parameters?.USERNAME ?? email;
    while (!step.tokens) {
      const answer = await this.#answer(step, {
        srp,
        device,
        username,
        password,
        totp: given.totp,
      });
      const session = step.session ? { session: step.session } : {};
      const sent = { username, ...named, ...session, ...answer } as AnswerChallengeOptions['body'];
      step = await this.#api.answerChallenge({ body: sent, ...call });
    }
    const { tokens, newDevice } = step;
    if (!newDevice) return this.#begin(tokens, { ...named });
    const session = await this.#begin(tokens, { deviceKey: newDevice.deviceKey });
    try {
      await this.#confirm(newDevice.deviceKey, newDevice.deviceGroupKey, given);
    } catch (error) {
      await this.#keep(null);
      throw error;
    }
    return session;
  }

  /** The part of the answer that is special to the challenge. */
  async #answer(
    step: Step,
    known: {
      srp: Srp;
      device: Device | undefined;
      username: string;
      password: string;
      totp: SignIn['totp'];
    }
  ): Promise<object> {
    const { srp, device, password, totp } = known;
    const challenge = step.challenge ?? '';
    const parameters = (step.parameters ?? {}) as unknown as Parameters & Record<string, string>;
    if (challenge === 'PASSWORD_VERIFIER') {
      const name = parameters.USER_ID_FOR_SRP ?? '';
      const who: Identity = { realm: this.#pool, name, password };
      return { challenge, ...(await srp.proof(who, parameters)) };
    }
    if (challenge === 'SOFTWARE_TOKEN_MFA') {
      const code = typeof totp === 'function' ? await totp() : totp;
      if (code) return { challenge, code };
      throw new ArtistHubError(
        'TotpRequired',
        'The account needs a code of its authenticator app.'
      );
    }
    if (challenge === 'DEVICE_SRP_AUTH' && device) return { challenge, srpA: srp.srpA };
    if (challenge === 'DEVICE_PASSWORD_VERIFIER' && device) {
      const who: Identity = { realm: device.group, name: device.key, password: device.secret };
      return { challenge, ...(await srp.proof(who, parameters)) };
    }
    throw new ArtistHubError('UnknownChallenge', `This client cannot answer ${challenge}.`);
  }

  /** Only with a confirmed device can the session be refreshed. */
  async #confirm(key: string, group: string, given: SignIn): Promise<void> {
    const { secret, ...verifier } = await deviceSecret(group, key);
    const { email, remember = false, deviceName: name = defaultDeviceName(), signal } = given;
    await this.#api.confirmDevice({
      deviceKey: key,
      body: { name, remember, ...verifier },
      ...(signal && { signal }),
    });
    const device: Device = { key, group, secret };
    await this.#store.setItem(deviceKeyOf(email), JSON.stringify(device));
  }

  async #device(email: string): Promise<Device | undefined> {
    const kept = await this.#store.getItem(deviceKeyOf(email));
    return kept ? JSON.parse(kept) : undefined;
  }

  async #begin(tokens: Tokens, before: Partial<Session>): Promise<Session> {
    const { accessToken, expiresIn, tokenType: _, ...others } = tokens;
    const claims = claimsOf(accessToken);
    const session: Session = {
      ...(claims.device_key && { deviceKey: claims.device_key }),
      ...before,
      ...others,
      accessToken,
      userId: claims.sub,
      expiresAt: Date.now() + expiresIn * 1000,
    };
    await this.#keep(session);
    return session;
  }

  async #keep(session: Session | null): Promise<void> {
    if (session) await this.#store.setItem(SESSION, JSON.stringify(session));
    else await this.#store.removeItem(SESSION);
    for (const listener of this.#listeners) listener(session);
  }
}

function deviceKeyOf(email: string): string {
  return DEVICE + email.trim().toLowerCase();
}

function defaultDeviceName(): string {
  return globalThis.navigator?.userAgent?.slice(0, 80) || 'ArtistHub client';
}

/** The claims of a token, which only the API verifies. */
function claimsOf(token: string): { sub: string; device_key?: string } {
  const [, payload = ''] = token.split('.');
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
}
