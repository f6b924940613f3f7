import { Auth, MemoryStore, type Store } from './auth.js';
import { ArtistHubError, isArtistHubError } from './errors.js';
import {
  type CreateUploadOptions,
  type Operations,
  ROUTES,
  type Upload,
  VERSION,
} from './generated.js';
import type { HostedPage } from './hosted.js';
import { SENDING, type Sending, send } from './http.js';
import { type CallOptions, type Page, Pages, type Versioned } from './types.js';

export interface ClientOptions extends Partial<Sending> {
  /** The API's address, such as `https://….execute-api.ap-south-1.amazonaws.com`. */
  url: string;
  /** Such as `ap-south-1_AbCdEfGhI`. Sign-in with a password needs it. */
  userPoolId?: string;
  /** Sign-in on the hosted page needs it. */
  hostedPage?: HostedPage;
  /** Where the session is kept, such as `localStorage`; by default, only in memory. */
  store?: Store;
}

export interface UploadOptions extends CallOptions {
  /** The type of the file, if the file does not say it. */
  contentType?: string;
}

/** A client of ArtistHub API: a method for each operation, and the parts below. */
export interface ArtistHub extends Operations {
  readonly auth: Auth;
  /** The response of an operation as it came, such as for its headers. */
  send<Id extends OperationId>(id: Id, ...given: Parameters<Operations[Id]>): Promise<Response>;
  /** Upload a file. Its `mediaUrl` is what a portfolio, an application or a picture takes. */
  upload(file: Blob, options?: UploadOptions): Promise<Upload>;
  /** The full address of a `mediaUrl` or a picture, such as for `<img src>`. */
  mediaUrl(path: string): string;
}

export type OperationId = keyof Operations;

interface Given extends CallOptions {
  body?: unknown;
  ifMatch?: Versioned | string;
  ifNoneMatch?: Versioned;
  idempotencyKey?: string;
  [parameter: string]: unknown;
}

/** The name of the client in logs. Browsers send their own, and would ask the API about another one. */
function userAgent(): string | undefined {
  const { window, process } = globalThis as {
    window?: unknown;
    process?: { versions?: { node?: string } };
  };
  const node = window ? undefined : process?.versions?.node;
  return node && `artisthub-typescript/${VERSION} node/${node}`;
}

/** The ETag of each resource that a client has read. */
const etags = new WeakMap<object, string>();

/** The ETag of a resource, for `If-Match`. */
export function etagOf(resource: Versioned): string {
  return etags.get(resource) ?? `"${resource.version}"`;
}

/**
 * Read a resource and change it; again if somebody else changed it in between, up to 3 times.
 *
 * ```ts
 * await change(() => api.getMe(), (me) => api.updateUser({ ifMatch: me, body: { city: 'Pune' } }));
 * ```
 */
export async function change<Resource, Changed>(
  read: () => PromiseLike<Resource>,
  write: (resource: Resource) => PromiseLike<Changed>
): Promise<Changed> {
  for (let tries = 1; ; tries++) {
    try {
      return await write(await read());
    } catch (error) {
      if (tries === 3 || !isArtistHubError(error, 'Stale')) throw error;
    }
  }
}

/** A client for the API at this address. */
export function createClient(options: ClientOptions): ArtistHub {
  // Such as an environment variable that is not set, whose type does not say so.
  if (!URL.canParse(options.url)) {
    throw new TypeError(`\`url\` must be the API's address, not ${JSON.stringify(options.url)}.`);
  }
  const connection = new Connection(options);
  const operations = Object.fromEntries(
    (Object.keys(ROUTES) as OperationId[]).map((id) => [id, connection.operation(id)])
  ) as unknown as Operations;
  const auth = new Auth(operations, { store: new MemoryStore(), ...options });
  connection.auth = auth;
  return {
    ...operations,
    auth,
    send: (id, ...given) => connection.send(id, given[0] as Given | undefined),
    upload: (file, how) => upload(operations, connection.sending, file, how),
    mediaUrl: (path) => connection.address(path).href,
  };
}

class Connection {
  auth?: Auth;
  readonly sending: Sending;
  readonly #base: string;

  constructor({ url, userPoolId: _, hostedPage: __, store: ___, ...sending }: ClientOptions) {
    this.#base = url.replace(/\/+$/, '');
    this.sending = { ...SENDING, ...sending };
  }

  address(path: string): URL {
    return new URL(this.#base + path);
  }

  operation(id: OperationId): (given?: Given) => unknown {
    const isPaged = ROUTES[id].endsWith(' paged');
    if (!isPaged) return (given) => this.#result(id, given);
    return (given) =>
      new Pages((cursor) =>
        this.#result(id, cursor === undefined ? given : { ...given, cursor })
      ) as Pages<Page<unknown>>;
  }

  async send(id: OperationId, given: Given = {}): Promise<Response> {
    const { signal, body, ifMatch, ifNoneMatch, idempotencyKey, ...parameters } = given;
    const [method = '', path = '', access, ...does] = ROUTES[id].split(' ');
    const isKeyed = does.includes('keyed');
    const headers = new Headers();
    const agent = userAgent();
    if (agent) headers.set('User-Agent', agent);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    if (ifMatch) headers.set('If-Match', typeof ifMatch === 'string' ? ifMatch : etagOf(ifMatch));
    if (ifNoneMatch) headers.set('If-None-Match', etagOf(ifNoneMatch));
    if (isKeyed) headers.set('Idempotency-Key', idempotencyKey ?? crypto.randomUUID());
    const request: RequestInit = {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    };
    const address = this.#addressOf(path, parameters);
    const canRepeat = method === 'GET' || isKeyed;
    const attempt = () => send(address, request, { canRepeat, sending: this.sending });
    const token = access === 'public' ? undefined : await this.auth?.token();
    if (!token) {
      if (access === 'token')
        throw new ArtistHubError('Unauthorized', 'Sign in first.', { status: 401 });
      return attempt();
    }
    headers.set('Authorization', `Bearer ${token}`);
    try {
      return await attempt();
    } catch (error) {
      // Browsers hide the 401 of API Gateway from pages of other origins: it has no CORS headers.
      const isHidden = isArtistHubError(error, 'NoResponse');
      if (!isHidden && !isArtistHubError(error, 'Unauthorized')) throw error;
      headers.set('Authorization', `Bearer ${await this.#fresh(token, error)}`);
      // Without a response, the change may have been made. The next call has the new token.
      if (isHidden && !canRepeat) throw error;
      return attempt();
    }
  }

  /** Another token than the refused one. Without one, raises the error of the call. */
  async #fresh(refused: string, error: unknown): Promise<string | undefined> {
    try {
      return await this.auth?.token(refused);
    } catch (failed) {
      throw isArtistHubError(failed, 'NoResponse') ? error : failed;
    }
  }

  async #result<Result>(id: OperationId, given: Given | undefined): Promise<Result> {
    const response = await this.send(id, given);
    if (response.status === 304) return given?.ifNoneMatch as Result;
    if (response.status === 204) return undefined as Result;
    const type = response.headers.get('Content-Type') ?? '';
    if (type.startsWith('text/csv')) return (await response.text()) as Result;
    if (!type.startsWith('application/json')) return (await response.blob()) as Result;
    const result = await response.json();
    const etag = response.headers.get('ETag');
    if (etag) etags.set(result, etag);
    return result;
  }

  /** The path and the query of an operation. Lists have commas between their values. */
  #addressOf(path: string, parameters: Record<string, unknown>): URL {
    const inPath = new Set<string>();
    const filled = path.replace(/{(\w+)}/g, (_, name: string) => {
      inPath.add(name);
      const value = parameters[name];
      if (typeof value !== 'string' || value === '') throw new TypeError(`Pass \`${name}\`.`);
      return encodeURIComponent(value);
    });
    const address = this.address(filled);
    for (const [name, value] of Object.entries(parameters)) {
      // An empty text is no filter, such as that of a search field.
      if (inPath.has(name) || value === undefined || value === null || value === '') continue;
      address.searchParams.set(name, String(value));
    }
    return address;
  }
}

async function upload(
  api: Operations,
  sending: Sending,
  file: Blob,
  { contentType = file.type, signal }: UploadOptions = {}
): Promise<Upload> {
  const [family = ''] = contentType.split('/');
  const kind = ['image', 'audio', 'video'].includes(family) ? family : 'document';
  // The API refuses a type that it does not take.
  const body = { kind, contentType, fileBytes: file.size } as CreateUploadOptions['body'];
  const call = signal ? { signal } : {};
  const made = await api.createUpload({ body, ...call });
  const form = new FormData();
  for (const [name, value] of Object.entries(made.fields)) form.append(name, value);
  form.append('file', file);
  // A large file takes longer than any response of the API.
  const response = await sending.fetch(made.url, { method: 'POST', body: form, ...call });
  if (response.ok) return made;
  const detail = (await response.text()).match(/<Message>(.*?)<\/Message>/)?.[1];
  throw new ArtistHubError('UploadFailed', detail ?? 'S3 refused the file.', {
    status: response.status,
  });
}
