// SRP as Cognito computes it: RFC 5054 with its 3072-bit group, and a key from HKDF.
// https://github.com/aws-amplify/amplify-js/tree/main/packages/auth/src/providers/cognito/utils/srp

const N = BigInt(
  '0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD' +
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F' +
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510' +
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF'
);
const G = 2n;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

type Bytes = Uint8Array<ArrayBuffer>;

/** Whom a proof is for: a user in a pool, or a device in its group. */
export interface Identity {
  realm: string;
  name: string;
  password: string;
}

/** What the server sends for a proof, with Cognito's names. */
export interface Parameters {
  SRP_B: string;
  SALT: string;
  SECRET_BLOCK: string;
}

export interface Proof {
  secretBlock: string;
  signature: string;
  timestamp: string;
}

/** Browsers offer it to pages on `https:` and `http://localhost` only. */
export function ensureWebCrypto(): void {
  if (globalThis.crypto?.subtle) return;
  throw new TypeError('Sign-in needs WebCrypto: open the page on https: or http://localhost.');
}

/** One side of SRP. Make a new one for each sign-in. */
export class Srp {
  readonly #a = numberOf(random(128));
  readonly #publicA = power(G, this.#a);

  /** The client's public value, in hexadecimal. */
  get srpA(): string {
    return this.#publicA.toString(16);
  }

  /** The proof that we know the password. */
  async proof(who: Identity, given: Parameters, now = new Date()): Promise<Proof> {
    const key = await this.#key(who, BigInt(`0x${given.SRP_B}`), BigInt(`0x${given.SALT}`));
    const timestamp = timestampOf(now);
    const message = joined(
      bytesOf(who.realm + who.name),
      fromBase64(given.SECRET_BLOCK),
      bytesOf(timestamp)
    );
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const signer = await crypto.subtle.importKey('raw', key, hmac, false, ['sign']);
    const signature = toBase64(await crypto.subtle.sign('HMAC', signer, message));
    return { secretBlock: given.SECRET_BLOCK, signature, timestamp };
  }

  async #key(who: Identity, publicB: bigint, salt: bigint): Promise<ArrayBuffer> {
    const u = await hash(padded(this.#publicA), padded(publicB));
    // RFC 5054, 2.5.3: a server that sends such values knows no verifier.
    if (publicB % N === 0n || u === 0n) throw new Error('The server sent a forbidden value.');
    const k = await hash(padded(N), padded(G));
    const x = await secretExponent(who, salt);
    const base = (((publicB - k * power(G, x)) % N) + N) % N;
    const shared = padded(power(base, this.#a + u * x));
    const derived = { name: 'HKDF', hash: 'SHA-256', salt: padded(u), info: bytesOf(INFO) };
    const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
    return crypto.subtle.deriveBits(derived, secret, 128);
  }
}

const INFO = 'Caldera Derived Key';

/** A new secret of a device, and the verifier that the server keeps of it. */
export async function deviceSecret(
  realm: string,
  name: string
): Promise<{ secret: string; passwordVerifier: string; salt: string }> {
  const secret = toBase64(random(40));
  const salt = numberOf(random(16));
  const verifier = power(G, await secretExponent({ realm, name, password: secret }, salt));
  return { secret, passwordVerifier: toBase64(padded(verifier)), salt: toBase64(padded(salt)) };
}

async function secretExponent(who: Identity, salt: bigint): Promise<bigint> {
  const text = bytesOf(`${who.realm}${who.name}:${who.password}`);
  return hash(padded(salt), await crypto.subtle.digest('SHA-256', text));
}

/** `base ** exponent % N`, which JavaScript cannot compute in one step. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

/** Such as `Sun Nov 2 16:54:00 UTC 2026`, in English in every locale. */
function timestampOf(time: Date): string {
  const clock = time.toISOString().slice(11, 19);
  const day = `${DAYS[time.getUTCDay()]} ${MONTHS[time.getUTCMonth()]} ${time.getUTCDate()}`;
  return `${day} ${clock} UTC ${time.getUTCFullYear()}`;
}

async function hash(...parts: (Bytes | ArrayBuffer)[]): Promise<bigint> {
  return numberOf(new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts))));
}

/** The octets of a number as Java writes them: with a zero in front if the first bit is set. */
function padded(value: bigint): Bytes {
  const hex = value.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  const pairs = (/^[89a-f]/.test(even) ? `00${even}` : even).match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

function joined(...parts: (Bytes | ArrayBuffer)[]): Bytes {
  const views = parts.map((part) => new Uint8Array(part));
  const whole = new Uint8Array(views.reduce((length, view) => length + view.length, 0));
  let end = 0;
  for (const view of views) {
    whole.set(view, end);
    end += view.length;
  }
  return whole;
}

function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

function bytesOf(text: string): Bytes {
  return new TextEncoder().encode(text);
}

function toBase64(bytes: ArrayBuffer | Bytes): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
