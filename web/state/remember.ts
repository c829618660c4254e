/** What a browser remembers of its player; nothing that matters: a private window forgets it. */
export function remembered(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // storage is off: start as new
  }
}

/** See `remembered`. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return; // storage is off: nothing is kept
  }
}

/** The hash of a world's seed as this browser first saw it, while the seed was a secret. */
export interface Noted {
  readonly hash: string;
  /** Day it was noted, `2026-11-22`. */
  readonly on: string;
}

/** Notes the published hash of a living world, once: so that it can be compared at the world's end, whatever a server says then. */
export function noteHash(world: string, hash: string): void {
  const key = `goldbox-hash-${world}`;
  if (remembered(key) === "") remember(key, `${hash} ${new Date().toISOString().slice(0, 10)}`);
}

export function notedHash(world: string): Noted | undefined {
  const [hash, on] = remembered(`goldbox-hash-${world}`).split(" ");
  return hash === undefined || on === undefined ? undefined : { hash, on };
}
