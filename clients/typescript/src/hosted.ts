import type { Session, Store } from './auth.js';
import { ArtistHubError } from './errors.js';
import type { Operations, Tokens } from './generated.js';
import { ensureWebCrypto } from './srp.js';

/** The hosted page of a stage, and where it sends people afterwards. */
export interface HostedPage {
  /** Such as `https://artisthub-prod-….auth.ap-south-1.amazoncognito.com`. */
  url: string;
  clientId: string;
  /** A callback URL of the stage, where your application calls `exchangeCode`. */
  redirectUri: string;
  /** A sign-out URL of the stage. */
  logoutUri?: string;
}

/** The pages on which people can start. Each leads to the others. */
export type HostedScreen = 'login' | 'signup' | 'forgotPassword';

interface Pending {
  state: string;
  codeVerifier: string;
  redirectUri: string;
}

const PENDING = 'artisthub.hosted';
// Without the last one, Cognito refuses calls such as changing the password.
const SCOPES = 'openid aws.cognito.signin.user.admin';

/** Sign-in on the hosted page, with an authorization code and PKCE (RFC 7636). */
export class HostedSignIn {
  readonly #api: Operations;
  readonly #store: Store;
  readonly #page: HostedPage | undefined;
  readonly #begin: (tokens: Tokens) => Promise<Session>;

  constructor(
    api: Operations,
    store: Store,
    page: HostedPage | undefined,
    begin: (tokens: Tokens) => Promise<Session>
  ) {
    this.#api = api;
    this.#store = store;
    this.#page = page;
    this.#begin = begin;
  }

  /** The address to send the browser to. The store keeps its secret until `exchangeCode`. */
  async url(screen: HostedScreen = 'login'): Promise<string> {
    const { url, clientId, redirectUri } = this.#known();
    ensureWebCrypto();
    const pending: Pending = { state: secret(), codeVerifier: secret(), redirectUri };
    await this.#store.setItem(PENDING, JSON.stringify(pending));
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: SCOPES,
      state: pending.state,
      code_challenge: await challengeOf(pending.codeVerifier),
      code_challenge_method: 'S256',
    });
    return `${url}/${screen === 'login' ? 'oauth2/authorize' : screen}?${query}`;
  }

  /**
   * Sign in with the code in the address that the page sent the browser to.
   *
   * @throws {ArtistHubError} HostedSignInFailed, AuthorizationCodeInvalid, TooManyRequests
   */
  async exchangeCode(address: string): Promise<Session> {
    const answer = new URL(address).searchParams;
    const kept = await this.#store.getItem(PENDING);
    const pending: Partial<Pending> = JSON.parse(kept ?? '{}');
    const { state, codeVerifier, redirectUri } = pending;
    if (!state || !codeVerifier || !redirectUri || answer.get('state') !== state) {
      const detail = 'This is not the answer to a sign-in that this application started.';
      throw new ArtistHubError('HostedSignInFailed', detail);
    }
    await this.#store.removeItem(PENDING); // a code works once
    const code = answer.get('code');
    if (!code) {
      const detail = answer.get('error_description') ?? answer.get('error') ?? 'There is no code.';
      throw new ArtistHubError('HostedSignInFailed', detail);
    }
    const { tokens } = await this.#api.exchangeCode({ body: { code, codeVerifier, redirectUri } });
    return this.#begin(tokens);
  }

  /** The address that ends the page's own session. Call `auth.signOut` first. */
  logoutUrl(): string {
    const { url, clientId, logoutUri } = this.#known();
    const query = new URLSearchParams({ client_id: clientId, logout_uri: logoutUri ?? '' });
    return `${url}/logout?${query}`;
  }

  #known(): HostedPage {
    if (this.#page) return this.#page;
    throw new TypeError('Pass `hostedPage` to createClient.');
  }
}

function secret(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(48)));
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64Url(new Uint8Array(digest));
}

function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
