import { ArtistHubError, errorOf, secondsToWait } from './errors.js';

/** How a client sends requests. */
export interface Sending {
  /** The function that sends; `fetch` by default. */
  fetch: typeof fetch;
  /** Tries after the first one; 3 by default. */
  retries: number;
  /** The longest wait for a response, in milliseconds; 35 seconds by default. */
  timeoutMs: number;
  /** The longest pause before another try, in milliseconds; 20 seconds by default. */
  maxWaitMs: number;
}

// API Gateway gives up after 30 seconds.
export const SENDING: Sending = {
  fetch: (...request) => fetch(...request),
  retries: 3,
  timeoutMs: 35_000,
  maxWaitMs: 20_000,
};

const FIRST_PAUSE_MS = 250;

/**
 * Send a request, again after 429 and, if it can be repeated, after 503 and without a response.
 *
 * A request that got 429 has changed nothing. Raises the error of the last response.
 */
export async function send(
  url: string | URL,
  request: RequestInit,
  { canRepeat, sending }: { canRepeat: boolean; sending: Sending }
): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const response = await once(url, request, sending);
    if (response instanceof Response && (response.ok || response.status === 304)) return response;
    const pause = pauseMs(response, tries, canRepeat);
    if (pause === undefined || pause > sending.maxWaitMs || tries >= sending.retries) {
      throw response instanceof Response ? await errorOf(response) : response;
    }
    await sleep(pause, request.signal);
  }
}

/** The response, or the error that there was none. A call that its caller ended raises. */
async function once(
  url: string | URL,
  request: RequestInit,
  sending: Sending
): Promise<Response | ArtistHubError> {
  const timeout = AbortSignal.timeout(sending.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  try {
    return await sending.fetch(url, { ...request, signal });
  } catch (cause) {
    request.signal?.throwIfAborted();
    const origin = new URL(url).origin;
    return new ArtistHubError('NoResponse', `There was no response from ${origin}.`, { cause });
  }
}

/** Milliseconds before the next try; undefined if there must be none. */
function pauseMs(
  response: Response | ArtistHubError,
  tries: number,
  canRepeat: boolean
): number | undefined {
  const isThrottled = response.status === 429;
  const isBusy = response.status === 503 || response.status === 0;
  if (!isThrottled && !(isBusy && canRepeat)) return undefined;
  const longest = FIRST_PAUSE_MS * 2 ** tries;
  // Half of the pause is random, so that clients that failed together do not return together.
  const jittered = (longest * (1 + Math.random())) / 2;
  const asked = response instanceof Response ? secondsToWait(response) : undefined;
  return asked === undefined ? jittered : asked * 1000 + jittered;
}

async function sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
  await new Promise<void>((done) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        done();
      },
      { once: true }
    );
  });
  signal?.throwIfAborted();
}
