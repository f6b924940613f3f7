// What the TypeScript examples of the API guide leave to a page and its reader.
import { createHmac } from 'node:crypto';

const { PASSWORD: password = '' } = process.env;
let secret = '';

/** The code that an authenticator app shows (RFC 6238). The address of the QR code has the secret. */
export async function askForCode(otpauthUri?: string): Promise<string> {
  secret = otpauthUri ? (new URL(otpauthUri).searchParams.get('secret') ?? '') : secret;
  const digits = [...secret].map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit));
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  const key = (bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', Buffer.from(key)).update(counter).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Signs Maya in on the hosted page. Returns the address that the browser is sent to. */
export async function signInAt(address: string): Promise<string> {
  const page = await fetch(address);
  const text = (await page.text()).replaceAll('&amp;', '&');
  const form = new URLSearchParams({ username: 'maya@example.com', password });
  for (const [, name = '', value = ''] of text.matchAll(
    /type="hidden" name="([^"]+)" value="([^"]*)"/g
  )) {
    form.set(name, value);
  }
  const action = new URL(text.match(/ action="([^"]+)"/)?.[1] ?? '', page.url);
  const sent = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
  return sent.headers.get('location') ?? '';
}
