const N = 64;

/** A number 0-1 for a whole number and a salt: always the same one. */
export function pick(value: number, salt: number): number {
  let h = Math.imul(value | 0, 0x9e3779b1) ^ Math.imul(salt | 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/** Smooth noise 0-1 that repeats every 64 texels, with features about `size` texels wide. */
export function noise(x: number, y: number, size: number, salt: number): number {
  const cells = Math.max(1, Math.round(N / size));
  const step = N / cells;
  const gx = x / step;
  const gy = y / step;
  const x0 = Math.floor(gx);
  const y0 = Math.floor(gy);
  const fx = smooth(gx - x0);
  const fy = smooth(gy - y0);
  const at = (cx: number, cy: number) => pick(mod(cx, cells) + mod(cy, cells) * 131, salt);
  const top = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx;
  const low = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx;
  return top * (1 - fy) + low * fy;
}

/** Cells with ridges between them, 0-1: stone faces, leaves, pebbles. Repeats every 64 texels. */
export function ridged(x: number, y: number, size: number, salt: number): number {
  const cells = Math.max(1, Math.round(N / size));
  const step = N / cells;
  const cx = Math.floor(x / step);
  const cy = Math.floor(y / step);
  let first = 9;
  let second = 9;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const key = mod(cx + dx, cells) + mod(cy + dy, cells) * 131;
      const px = cx + dx + pick(key, salt) - x / step;
      const py = cy + dy + pick(key, salt + 97) - y / step;
      const distance = Math.sqrt(px * px + py * py);
      if (distance < first) {
        second = first;
        first = distance;
      } else if (distance < second) second = distance;
    }
  }
  return Math.min(1, second - first + 0.25 * (1 - first));
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
