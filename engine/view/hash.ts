/**
 * 64-bit structural hash of a JSON value, used by server and client to find a view that drifted (protocol: `hash`). No signature.
 * A node's hash mixes its children's; hashes of objects and arrays are remembered by identity, so the cost follows the change.
 * Members are combined by addition of their mixed (key, value) hashes: the order of keys does not matter and nothing is sorted.
 */
export type HashValue = null | boolean | number | string | readonly HashValue[] | {
  readonly [key: string]: HashValue | undefined;
};

interface Pair {
  readonly high: number;
  readonly low: number;
}

/** A node's hash with the number of nodes it stands for. */
interface Node extends Pair {
  readonly size: number;
}

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

function join(a: Pair, high: number, low: number): Pair {
  const nextLow = mix(Math.imul(a.low, 33) ^ (low + 0x9e3779b9));
  return { high: mix(Math.imul(a.high, 31) + high + nextLow), low: nextLow };
}

function hashText(text: string, tag: number): Pair {
  let high = 0x811c9dc5 ^ tag;
  let low = 0x01000193 + tag;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low + unit, 0x9e3779b1) ^ (low >>> 15);
  }
  return { high: mix(high), low: mix(low ^ text.length) };
}

function leaf(high: number, low: number): Node {
  return { high, low, size: 1 };
}

function hashNode(value: HashValue): Node {
  if (value === null) return leaf(mix(TAG.null), mix(~TAG.null));
  if (typeof value === "boolean") {
    const tag = value ? TAG.true : TAG.false;
    return leaf(mix(tag), mix(~tag));
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError("Cannot hash number as views hold whole numbers only");
    const low = mix(value ^ 0x27d4eb2f);
    return leaf(mix(Math.floor(value / 0x100000000) + Math.imul(low, 31) + TAG.number), low);
  }
  if (typeof value === "string") {
    const { high, low } = hashText(value, TAG.string);
    return leaf(high, low);
  }
  const known = REMEMBERED.get(value);
  if (known) return known;
  const node = Array.isArray(value)
    ? hashList(value)
    : hashMembers(value as { readonly [key: string]: HashValue | undefined });
  if (node.size >= REMEMBERED_FROM) REMEMBERED.set(value, node);
  return node;
}

function hashList(list: readonly HashValue[]): Node {
  let pair: Pair = { high: mix(TAG.array), low: mix(list.length) };
  let size = 1;
  for (const item of list) {
    const child = hashNode(item);
    pair = join(pair, child.high, child.low);
    size += child.size;
  }
  return { high: pair.high, low: pair.low, size };
}

function hashMembers(record: { readonly [key: string]: HashValue | undefined }): Node {
  let high = TAG.object as number;
  let low = 0;
  let size = 1;
  for (const key in record) {
    const value = record[key];
    if (value === undefined) continue;
    const child = hashNode(value);
    const member = join(hashText(key, TAG.object), child.high, child.low);
    high = (high + member.high) | 0;
    low = (low + member.low) | 0;
    size += child.size;
  }
  return { high: mix(high), low: mix(low ^ high), size };
}

/** The hash as 16 hex digits. Throws a RangeError on numbers that are not safe integers. */
export function hashOf(value: HashValue): string {
  const { high, low } = hashNode(value);
  return (high >>> 0).toString(16).padStart(8, "0") + (low >>> 0).toString(16).padStart(8, "0");
}
