/**
 * Remembers what a pure function made of an object, as long as that object lives. State shares what did not change, so slices of a
 * view keep their identity and `diff` and `hashOf` skip them. A cache of pure results, no state of its own: forgetting changes nothing.
 */
export function memo<In extends object, Out>(make: (input: In) => Out): (input: In) => Out {
  const made = new WeakMap<In, Out>();
  return (input) => {
    const known = made.get(input);
    if (known !== undefined) return known;
    const out = make(input);
    made.set(input, out);
    return out;
  };
}

/** The same for short texts such as dice notations, of which there are few: at most so many are kept. */
export function memoText<Out>(make: (text: string) => Out, most = 1_000): (text: string) => Out {
  const made = new Map<string, Out>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const out = make(text);
    if (made.size >= most) made.clear();
    made.set(text, out);
    return out;
  };
}

/**
 * The same for what hangs on some parts of a thing alone, however often the rest of it changes: the last answer is kept
 * with the first part, and given again as long as all parts are the same.
 */
export function memoParts<In, Out>(
  partsOf: (input: In) => readonly [object, ...unknown[]],
  make: (input: In) => Out,
): (input: In) => Out {
  const made = new WeakMap<object, { readonly parts: readonly unknown[]; readonly out: Out }>();
  return (input) => {
    const parts = partsOf(input);
    const known = made.get(parts[0]);
    if (known?.parts.every((part, i) => part === parts[i])) return known.out;
    const out = make(input);
    made.set(parts[0], { parts, out });
    return out;
  };
}

/** The same for two objects. */
export function memo2<A extends object, B extends object, Out>(make: (a: A, b: B) => Out): (a: A, b: B) => Out {
  const made = new WeakMap<A, WeakMap<B, Out>>();
  return (a, b) => {
    const inner = made.get(a) ?? new WeakMap<B, Out>();
    const known = inner.get(b);
    if (known !== undefined) return known;
    const out = make(a, b);
    inner.set(b, out);
    made.set(a, inner);
    return out;
  };
}
