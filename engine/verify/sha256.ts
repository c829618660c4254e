/** SHA-256 (FIPS 180-4), for browsers that offer none: those on pages without https. Short texts only, nothing secret. */
function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The first 32 bits of the fraction of a root. */
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 0x1_0000_0000) | 0;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** Bytes of an ASCII text with the one bit, the zeros and the length that fill its last block. */
function padded(text: string): DataView {
  const length = text.length;
  const view = new DataView(new ArrayBuffer(Math.ceil((length + 9) / 64) * 64));
  for (let i = 0; i < length; i += 1) view.setUint8(i, text.charCodeAt(i));
  view.setUint8(length, 0x80);
  view.setUint32(view.byteLength - 4, length * 8);
  return view;
}

/** Hash of an ASCII text as 64 hex digits. Throws a RangeError on any other character. */
export function sha256(text: string): string {
  if (!/^\p{ASCII}*$/u.test(text)) throw new RangeError("Cannot hash text as it must be ASCII");
  const rounds = primes(64).map((prime) => fraction(Math.cbrt(prime)));
  const hash = primes(8).map((prime) => fraction(Math.sqrt(prime)));
  const view = padded(text);
  const words = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) {
        words[i] = view.getInt32(block + i * 4);
        continue;
      }
      const [w2 = 0, w15 = 0] = [words[i - 2], words[i - 15]];
      const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
      const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
      words[i] = (words[i - 16] ?? 0) + s0 + (words[i - 7] ?? 0) + s1;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
    for (let i = 0; i < 64; i += 1) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const first = (h + s1 + ((e & f) ^ (~e & g)) + (rounds[i] ?? 0) + (words[i] ?? 0)) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => hash[i] = ((hash[i] ?? 0) + word) | 0);
  }
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
