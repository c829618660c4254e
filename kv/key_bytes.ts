import type { Key } from "./cells.ts";

const utf8 = new TextEncoder();

/** Bytes of a key as the store encodes it: one type byte and one closing byte per text, nine bytes per number. */
export function keyBytes(key: Key): number {
  let sum = 0;
  for (const part of key) sum += typeof part === "number" ? 9 : textBytes(part) + 2;
  return sum;
}

function textBytes(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A zero byte is escaped by a second one.
    if (code === 0 || code > 0x7f) return utf8.encode(text.replaceAll("\0", "\0\0")).length;
  }
  return text.length;
}

/** Order of keys in the store: position by position, texts (by UTF-8 bytes) before numbers. */
export function compareKeys(a: Key, b: Key): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareParts(a[i] ?? 0, b[i] ?? 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareParts(a: string | number, b: string | number): number {
  if (typeof a === "number") return typeof b === "number" ? a - b : 1;
  if (typeof b === "number") return -1;
  if (a === b) return 0;
  const first = firstDifference(a, b);
  if (first !== undefined) return first;
  const left = utf8.encode(a);
  const right = utf8.encode(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = (left[i] ?? 0) - (right[i] ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** The order of two different texts without encoding them; undefined where it takes the bytes to tell. */
function firstDifference(a: string, b: string): number | undefined {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const one = a.charCodeAt(i);
    const two = b.charCodeAt(i);
    // Above this the order of UTF-16 is not that of UTF-8.
    if (one >= 0xd800 || two >= 0xd800) return undefined;
    if (one !== two) return one - two;
  }
  return a.length - b.length;
}
