import type { Key, KeyPart } from "./cells.ts";

/** Type bytes of the two kinds of position our keys have, as the store's file has them. */
const STRING = 0x02;
const DOUBLE = 0x21;
/** A zero inside a text is followed by this; one that ends it is not. */
const ESCAPE = 0xff;
const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A key as the bytes under which Deno KV keeps it in its file: texts as UTF-8 with zero bytes escaped and a closing
 * zero, numbers as doubles whose bits are turned so that bytes sort as numbers do. A test holds it to the runtime.
 */
export function encodeKey(key: Key): Uint8Array {
  const bytes: number[] = [];
  for (const part of key) {
    if (typeof part === "number") pushDouble(bytes, part);
    else pushText(bytes, part);
  }
  return Uint8Array.from(bytes);
}

/** The key behind such bytes. Throws TypeError when a position is neither text nor number, or cut short. */
export function decodeKey(bytes: Uint8Array): Key {
  const key: KeyPart[] = [];
  let at = 0;
  while (at < bytes.length) {
    const type = bytes[at++];
    if (type === STRING) {
      const end = endOfText(bytes, at);
      key.push(textOf(bytes.subarray(at, end)));
      at = end + 1;
    } else if (type === DOUBLE && at + 8 <= bytes.length) {
      const raw = bytes.slice(at, at + 8);
      // The sign bit is set where the number was not negative.
      turn(raw, ((raw[0] ?? 0) & 0x80) === 0);
      key.push(new DataView(raw.buffer).getFloat64(0));
      at += 8;
    } else {
      throw new TypeError("Cannot read a key of the store as one of its positions is neither string nor number");
    }
  }
  return key;
}

/** Place of the zero that ends a text: the first that is not followed by the escape. */
function endOfText(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0, from); at >= 0; at = bytes.indexOf(0, at + 2)) {
    if (bytes[at + 1] !== ESCAPE) return at;
  }
  throw new TypeError("Cannot read a key of the store as it is cut short");
}

/** Our ids are plain letters and digits: those need no decoder, which costs more than all the rest. */
function textOf(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte > 0 && byte < 0x80)) return String.fromCharCode(...bytes);
  return strictUtf8.decode(bytes.filter((byte, i) => byte !== ESCAPE || bytes[i - 1] !== 0));
}

function pushText(bytes: number[], text: string): void {
  bytes.push(STRING);
  for (const byte of utf8.encode(text)) {
    bytes.push(byte);
    if (byte === 0) bytes.push(ESCAPE);
  }
  bytes.push(0);
}

function pushDouble(bytes: number[], value: number): void {
  const raw = new Uint8Array(8);
  new DataView(raw.buffer).setFloat64(0, value);
  turn(raw, ((raw[0] ?? 0) & 0x80) !== 0);
  bytes.push(DOUBLE, ...raw);
}

/** Negative numbers have all bits turned, the others only the sign: so larger ones sort later. */
function turn(raw: Uint8Array, negative: boolean): void {
  for (let i = 0; i < raw.length; i++) raw[i] = (raw[i] ?? 0) ^ (negative ? 0xff : i === 0 ? 0x80 : 0);
}
