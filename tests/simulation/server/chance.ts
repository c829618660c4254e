/** Seeded chance for simulations: small, quick, and the same on every machine. */
export interface Chance {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  happens(share: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One of a list by weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  bytes(count: number): Uint8Array;
  /** 0 <= x < 1 */
  next(): number;
}

/** The stream of one purpose: a new draw in one place does not shift the others. */
export function createChance(seed: number, purpose: string): Chance {
  let [a, b, c, d] = [seed | 0, seed ^ 0x9e3779b9, hash(purpose), 1];

  // sfc32 by Chris Doty-Humphrey (public domain).
  function word(): number {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }
  for (let i = 0; i < 12; i++) word();

  const next = () => word() / 0x1_0000_0000;
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));

  function pick<T>(list: readonly T[]): T {
    const [found] = list.slice(int(0, list.length - 1));
    if (found === undefined) throw new RangeError("Cannot pick from an empty list");
    return found;
  }

  return {
    next,
    int,
    pick,
    happens: (share) => next() < share,
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [one, weight] of list) {
        left -= weight;
        if (left < 0) return one;
      }
      return pick(list)[0];
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => word() & 0xff),
  };
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h | 0;
}
