/** SipHash-2-4 with 128-bit output (Aumasson and Bernstein, 2012) on 32-bit halves: the keyed hash behind every stream of chance. */

type Words = Int32Array;

function addInto(v: Words, to: number, from: number): void {
  const low = (v[to + 1] ?? 0) >>> 0;
  const sum = low + ((v[from + 1] ?? 0) >>> 0);
  v[to + 1] = sum | 0;
  v[to] = ((v[to] ?? 0) + (v[from] ?? 0) + (sum > 0xffffffff ? 1 : 0)) | 0;
}

function rotateXor(v: Words, at: number, bits: number, other: number): void {
  let high = v[at] ?? 0;
  let low = v[at + 1] ?? 0;
  if (bits >= 32) {
    [high, low] = [low, high];
    bits -= 32;
  }
  if (bits > 0) [high, low] = [(high << bits) | (low >>> (32 - bits)), (low << bits) | (high >>> (32 - bits))];
  v[at] = high ^ (v[other] ?? 0);
  v[at + 1] = low ^ (v[other + 1] ?? 0);
}

function swapHalves(v: Words, at: number): void {
  const high = v[at] ?? 0;
  v[at] = v[at + 1] ?? 0;
  v[at + 1] = high;
}

/** One SipRound; the four 64-bit lanes stand at 0, 2, 4 and 6, high half first. */
function round(v: Words): void {
  addInto(v, 0, 2);
  rotateXor(v, 2, 13, 0);
  swapHalves(v, 0);
  addInto(v, 4, 6);
  rotateXor(v, 6, 16, 4);
  addInto(v, 0, 6);
  rotateXor(v, 6, 21, 0);
  addInto(v, 4, 2);
  rotateXor(v, 2, 17, 4);
  swapHalves(v, 4);
}

function rounds(v: Words, count: number): void {
  for (let i = 0; i < count; i += 1) round(v);
}

/** Four 32-bit words of a 32-hex-digit seed. */
export function seedWords(seed: string): readonly [number, number, number, number] {
  if (!/^[0-9a-f]{32}$/.test(seed)) throw new RangeError("Cannot use seed as it must be 32 hex digits");
  const word = (i: number) => Number.parseInt(seed.slice(i * 8, i * 8 + 8), 16) | 0;
  return [word(0), word(1), word(2), word(3)];
}

/**
 * 128-bit keyed hash of a text, as four 32-bit words. The key is read as two big-endian 64-bit numbers; the text is hashed as UTF-16
 * code units, two bytes each, low byte first, so that any name may be part of a path.
 */
export function sipHash128(seed: string, text: string): readonly [number, number, number, number] {
  const [k0h, k0l, k1h, k1l] = seedWords(seed);
  const v = Int32Array.of(
    0x736f6d65 ^ k0h,
    0x70736575 ^ k0l,
    0x646f7261 ^ k1h,
    0x6e646f6d ^ k1l ^ 0xee,
    0x6c796765 ^ k0h,
    0x6e657261 ^ k0l,
    0x74656462 ^ k1h,
    0x79746573 ^ k1l,
  );
  const absorb = (high: number, low: number) => {
    v[6] = (v[6] ?? 0) ^ high;
    v[7] = (v[7] ?? 0) ^ low;
    rounds(v, 2);
    v[0] = (v[0] ?? 0) ^ high;
    v[1] = (v[1] ?? 0) ^ low;
  };
  const unit = (i: number) => (i < text.length ? text.charCodeAt(i) : 0);
  const whole = text.length - (text.length % 4);
  for (let i = 0; i < whole; i += 4) absorb((unit(i + 3) << 16) | unit(i + 2), (unit(i + 1) << 16) | unit(i));
  absorb((((text.length * 2) & 0xff) << 24) | unit(whole + 2), (unit(whole + 1) << 16) | unit(whole));
  v[5] = (v[5] ?? 0) ^ 0xee;
  rounds(v, 4);
  const fold = (half: number) => (v[half] ?? 0) ^ (v[half + 2] ?? 0) ^ (v[half + 4] ?? 0) ^ (v[half + 6] ?? 0);
  const first = [fold(0), fold(1)] as const;
  v[3] = (v[3] ?? 0) ^ 0xdd;
  rounds(v, 4);
  return [first[0], first[1], fold(0), fold(1)];
}
