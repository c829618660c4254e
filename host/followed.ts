import type { Audience } from "../engine/types/names.ts";

/** Streams of sessions that are remembered; the oldest are forgotten first. */
const KEPT = 20_000;

/**
 * Which session has been given which stream since this process started. Only its word about that stream raises an
 * alert: anybody may claim anything of one they never had.
 */
export class Followed {
  /** By world, those of the world followed last at the end. */
  readonly #worlds = new Map<string, Set<string>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  note(session: string, world: string, audience: Audience): void {
    const keys = this.#worlds.get(world) ?? new Set();
    this.#worlds.delete(world);
    this.#worlds.set(world, keys);
    const key = `${session}/${audience}`;
    if (keys.delete(key)) this.#size--;
    keys.add(key);
    this.#size++;
    if (this.#size > KEPT) this.#forgetOldest();
  }

  has(session: string, world: string, audience: Audience): boolean {
    return this.#worlds.get(world)?.has(`${session}/${audience}`) ?? false;
  }

  /** A world left memory: whoever comes back to it is given its streams anew. */
  forget(world: string): void {
    this.#size -= this.#worlds.get(world)?.size ?? 0;
    this.#worlds.delete(world);
  }

  #forgetOldest(): void {
    for (const [world, keys] of this.#worlds) {
      for (const key of keys) {
        keys.delete(key);
        this.#size--;
        break;
      }
      if (keys.size === 0) this.#worlds.delete(world);
      return;
    }
  }
}
