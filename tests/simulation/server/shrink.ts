/** Makes a failing list shorter while it still fails: delta debugging. */

/**
 * The shortest part found of `all` for which `fails` still says true. Cuts out ever smaller pieces; asks at most `most`
 * times. What is left is minimal in so far as no single element of it can go, where there was time to find out.
 */
export async function shrink<T>(
  all: readonly T[],
  fails: (part: readonly T[]) => Promise<boolean>,
  most = 400,
): Promise<readonly T[]> {
  let left = all;
  let asked = 0;
  let size = Math.ceil(left.length / 2);
  while (size >= 1 && asked < most) {
    let cut = false;
    for (let from = 0; from < left.length && asked < most;) {
      const part = [...left.slice(0, from), ...left.slice(from + size)];
      asked++;
      if (await fails(part)) {
        left = part;
        cut = true;
      } else {
        from += size;
      }
    }
    if (size === 1 && !cut) break;
    size = cut && size === 1 ? 1 : Math.floor(size / 2);
  }
  return left;
}
