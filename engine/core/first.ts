/** The first few of a list as sorting would put them, without sorting the rest. Equal ones keep their order. */
export function first<T>(list: Iterable<T>, count: number, order: (a: T, b: T) => number): readonly T[] {
  const out: T[] = [];
  for (const one of list) {
    let at = out.length;
    if (at === count) {
      const last = out[at - 1];
      if (last === undefined || order(last, one) <= 0) continue;
      at -= 1;
    }
    for (; at > 0; at--) {
      const before = out[at - 1];
      if (before === undefined || order(before, one) <= 0) break;
      out[at] = before;
    }
    out[at] = one;
  }
  return out;
}
