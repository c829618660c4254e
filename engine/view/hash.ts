/**
 * 64-bit structural hash of a JSON value, used by server and client to find a view that drifted (protocol: `hash`). No signature.
 * A node's hash mixes its children's; hashes of objects and arrays are remembered by identity, so the cost follows the change.
 * Members are combined by addition of their mixed (key, value) hashes: the order of keys does not matter and nothing is sorted.
 */
export type HashValue = null | boolean | number | string | readonly HashValue[] | {
  readonly [key: string]: HashValue | undefined;
};

interface Node {
  readonly high: number;
  readonly low: number;
}

const REMEMBERED = new WeakMap<object, Node>();
/**
 * What takes less work is quicker hashed again than remembered: each memory is work for the garbage collector, and what
 * changes with every command leaves one each time.
 */
const REMEMBERED_FROM = 24;
const TAG = { null: 1, true: 2, false: 3, number: 4, string: 5, array: 6, object: 7 } as const;

/** Finaliser of MurmurHash3 (public domain): every input bit reaches every output bit. */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** Hashes one node after another into its own three numbers: a hash is made of many, and none is worth an object. */
class Hasher {
  high = 0;
  low = 0;
  /** Nodes looked at for the last one; a remembered one counts once. */
  work = 0;

  value(value: HashValue): void {
    this.work = 1;
    if (value === null) return this.#mixed(TAG.null);
    if (typeof value === "boolean") return this.#mixed(value ? TAG.true : TAG.false);
    if (typeof value === "string") return this.#text(value, TAG.string);
    if (typeof value === "number") return this.#number(value);
    const known = REMEMBERED.get(value);
    if (known !== undefined) {
      this.high = known.high;
      this.low = known.low;
      return;
    }
    this.parts(value);
    if (this.work >= REMEMBERED_FROM) REMEMBERED.set(value, { high: this.high, low: this.low });
  }

  /** An object or array, without a memory of its own. */
  parts(value: object): void {
    if (Array.isArray(value)) this.#list(value);
    else this.#members(value as { readonly [key: string]: HashValue | undefined });
  }

  #mixed(tag: number): void {
    this.high = mix(tag);
    this.low = mix(~tag);
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError("Cannot hash number as views hold whole numbers only");
    this.low = mix(value ^ 0x27d4eb2f);
    this.high = mix(Math.floor(value / 0x100000000) + Math.imul(this.low, 31) + TAG.number);
  }

  #text(text: string, tag: number): void {
    let high = 0x811c9dc5 ^ tag;
    let low = 0x01000193 + tag;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low + unit, 0x9e3779b1) ^ (low >>> 15);
    }
    this.high = mix(high);
    this.low = mix(low ^ text.length);
  }

  #list(list: readonly HashValue[]): void {
    let high = mix(TAG.array);
    let low = mix(list.length);
    let work = 1;
    for (const item of list) {
      this.value(item);
      low = joinLow(low, this.low);
      high = joinHigh(high, this.high, low);
      work += this.work;
    }
    this.high = high;
    this.low = low;
    this.work = work;
  }

  #members(record: { readonly [key: string]: HashValue | undefined }): void {
    let high = TAG.object as number;
    let low = 0;
    let work = 1;
    for (const key in record) {
      const value = record[key];
      if (value === undefined) continue;
      this.#text(key, TAG.object);
      const keyHigh = this.high;
      const keyLow = this.low;
      this.value(value);
      const memberLow = joinLow(keyLow, this.low);
      high = (high + joinHigh(keyHigh, this.high, memberLow)) | 0;
      low = (low + memberLow) | 0;
      work += this.work;
    }
    this.high = mix(high);
    this.low = mix(low ^ high);
    this.work = work;
  }
}

function joinLow(low: number, next: number): number {
  return mix(Math.imul(low, 33) ^ (next + 0x9e3779b9));
}

/** `low` is the joined one. */
function joinHigh(high: number, next: number, low: number): number {
  return mix(Math.imul(high, 31) + next + low);
}

/** The hash as 16 hex digits. Throws a RangeError on numbers that are not safe integers. */
export function hashOf(value: HashValue): string {
  const hasher = new Hasher();
  // A whole view is hashed once: only its parts come again.
  if (typeof value === "object" && value !== null) hasher.parts(value);
  else hasher.value(value);
  return hex(hasher.high) + hex(hasher.low);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
