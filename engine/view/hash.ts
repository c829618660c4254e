/**
 * 64-bit structural hash of a JSON value, used by server and client to find a view that drifted (protocol: `hash`). No signature.
 * A node's hash mixes its children's; hashes of objects and arrays are remembered by identity, so the cost follows the change.
 * Members are combined by addition of their mixed (key, value) hashes: the order of keys does not matter and nothing is sorted.
 */
export type HashValue = null | boolean | number | string | readonly HashValue[] | {
  readonly [key: string]: HashValue | undefined;
};

/** A node's hash with the number of nodes it stands for. */
interface Node {
  readonly high: number;
  readonly low: number;
  readonly size: number;
}

/** Where a node leaves its hash for whoever asked: high, low and size. Objects of that shape would be most of what hashing costs. */
type Out = Int32Array;

const REMEMBERED = new WeakMap<object, Node>();
/** Smaller nodes are quicker hashed again than remembered: each memory is work for the garbage collector. */
const REMEMBERED_FROM = 12;
const TAG = { null: 1, true: 2, false: 3, number: 4, string: 5, array: 6, object: 7 } as const;

/** Finaliser of MurmurHash3 (public domain): every input bit reaches every output bit. */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

function joinLow(low: number, other: number): number {
  return mix(Math.imul(low, 33) ^ (other + 0x9e3779b9));
}

function joinHigh(high: number, other: number, low: number): number {
  return mix(Math.imul(high, 31) + other + low);
}

function leave(out: Out, high: number, low: number, size: number): void {
  out[0] = high;
  out[1] = low;
  out[2] = size;
}

function hashText(text: string, tag: number, out: Out): void {
  let high = 0x811c9dc5 ^ tag;
  let low = 0x01000193 + tag;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low + unit, 0x9e3779b1) ^ (low >>> 15);
  }
  leave(out, mix(high), mix(low ^ text.length), 1);
}

function hashNode(value: HashValue, out: Out): void {
  if (value === null) return leave(out, mix(TAG.null), mix(~TAG.null), 1);
  if (typeof value === "boolean") {
    const tag = value ? TAG.true : TAG.false;
    return leave(out, mix(tag), mix(~tag), 1);
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError("Cannot hash number as views hold whole numbers only");
    const low = mix(value ^ 0x27d4eb2f);
    return leave(out, mix(Math.floor(value / 0x100000000) + Math.imul(low, 31) + TAG.number), low, 1);
  }
  if (typeof value === "string") return hashText(value, TAG.string, out);
  const known = REMEMBERED.get(value);
  if (known) return leave(out, known.high, known.low, known.size);
  if (Array.isArray(value)) hashList(value, out);
  else hashMembers(value as { readonly [key: string]: HashValue | undefined }, out);
  const high = out[0] ?? 0;
  const low = out[1] ?? 0;
  const size = out[2] ?? 0;
  if (size >= REMEMBERED_FROM) REMEMBERED.set(value, { high, low, size });
}

function hashList(list: readonly HashValue[], out: Out): void {
  let high = mix(TAG.array);
  let low = mix(list.length);
  let size = 1;
  for (const item of list) {
    hashNode(item, out);
    low = joinLow(low, out[1] ?? 0);
    high = joinHigh(high, out[0] ?? 0, low);
    size += out[2] ?? 0;
  }
  leave(out, high, low, size);
}

function hashMembers(record: { readonly [key: string]: HashValue | undefined }, out: Out): void {
  let high = TAG.object as number;
  let low = 0;
  let size = 1;
  for (const key in record) {
    const value = record[key];
    if (value === undefined) continue;
    hashNode(value, out);
    const childHigh = out[0] ?? 0;
    const childLow = out[1] ?? 0;
    size += out[2] ?? 0;
    hashText(key, TAG.object, out);
    const memberLow = joinLow(out[1] ?? 0, childLow);
    high = (high + joinHigh(out[0] ?? 0, childHigh, memberLow)) | 0;
    low = (low + memberLow) | 0;
  }
  leave(out, mix(high), mix(low ^ high), size);
}

/** The hash as 16 hex digits. Throws a RangeError on numbers that are not safe integers. */
export function hashOf(value: HashValue): string {
  const out = new Int32Array(3);
  hashNode(value, out);
  const [high = 0, low = 0] = out;
  return (high >>> 0).toString(16).padStart(8, "0") + (low >>> 0).toString(16).padStart(8, "0");
}
