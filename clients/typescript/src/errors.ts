import type { ProblemCode } from './generated.js';

/** Errors of the client itself, beside those of the API. */
export type ClientCode =
  /** No response: no network, a timeout, or a response that the browser does not let a page read. */
  | 'NoResponse'
  /** A response that is not from the API, such as that of a proxy. */
  | 'UnknownResponse'
  /** The account has a second factor, and `signIn` got no code. */
  | 'TotpRequired'
  /** The account needs a step that this client does not know. */
  | 'UnknownChallenge'
  /** The hosted page sent an error, or an answer to another request. */
  | 'HostedSignInFailed'
  /** S3 refused the file. */
  | 'UploadFailed';

export type ErrorCode = ProblemCode | ClientCode;

/** A wrong field of the body (`pointer`, RFC 6901) or of the query (`parameter`). */
export interface FieldError {
  pointer?: string;
  parameter?: string;
  detail: string;
}

interface Known {
  status?: number;
  requestId?: string | null;
  errors?: FieldError[] | undefined;
  quota?: string | undefined;
  retryAfter?: number | undefined;
  cause?: unknown;
}

/** An error of the API or of the client. Decide by `code`; show `message` to people. */
export class ArtistHubError extends Error {
  override readonly name = 'ArtistHubError';
  readonly code: ErrorCode;
  /** The HTTP status; 0 if there was no response. */
  readonly status: number;
  /** All wrong fields, if `code` is `Invalid` or the like. */
  readonly errors: FieldError[];
  /** The id of the request. Quote it when you report a problem. */
  readonly requestId: string | null;
  /** Seconds to wait before the next try. */
  readonly retryAfter: number | undefined;
  /** The quota that is used up, if `code` is `QuotaExceeded`. */
  readonly quota: string | undefined;

  constructor(code: ErrorCode, message: string, known: Known = {}) {
    super(message, { cause: known.cause });
    this.code = code;
    this.status = known.status ?? 0;
    this.errors = known.errors ?? [];
    this.requestId = known.requestId ?? null;
    this.retryAfter = known.retryAfter;
    this.quota = known.quota;
  }
}

/** Whether this is an error of the client or the API, with one of these codes if any are given. */
export function isArtistHubError(error: unknown, ...codes: ErrorCode[]): error is ArtistHubError {
  return error instanceof ArtistHubError && (codes.length === 0 || codes.includes(error.code));
}

/** Codes of responses that API Gateway sends itself, without a problem document. */
const GATEWAY_CODES: Partial<Record<number, ProblemCode>> = {
  401: 'Unauthorized',
  404: 'NotFound',
  413: 'TooLarge',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'Busy',
};

/** The error that a response reports. */
export async function errorOf(response: Response): Promise<ArtistHubError> {
  const type = response.headers.get('Content-Type') ?? '';
  const body = type.includes('json') ? await response.json().catch(() => ({})) : {};
  const code = body.code ?? GATEWAY_CODES[response.status] ?? 'UnknownResponse';
  const errors: FieldError[] = body.errors ?? [];
  const detail = body.detail ?? body.message ?? `The response has the status ${response.status}.`;
  const message = code === 'Invalid' && errors.length ? errors.map(inWords).join('; ') : detail;
  return new ArtistHubError(code, message, {
    status: response.status,
    requestId: response.headers.get('X-Request-Id'),
    retryAfter: secondsToWait(response),
    errors,
    quota: body.quota,
  });
}

/** Such as `roles/0/title must not be empty`. */
function inWords({ pointer = '', parameter, detail }: FieldError): string {
  return `${parameter ?? pointer.slice(1)} ${detail}`.trim();
}

/** `Retry-After` in seconds, if the response has it. */
export function secondsToWait(response: Response): number | undefined {
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return Number.isNaN(seconds) ? undefined : seconds;
}
