import type { Audience } from "../engine/types/names.ts";

/** Streams of sessions that are remembered; the oldest are forgotten first. */
const KEPT = 20_000;

/**
 * Which session has been given which stream since this process started. Only its word about that stream raises an
 * alert: anybody may claim anything of one they never had.
 */
export class Followed {
  readonly #keys = new Set<string>();

  note(session: string, world: string, audience: Audience): void {
    const key = `${session}/${world}/${audience}`;
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size <= KEPT) return;
    for (const oldest of this.#keys) {
      this.#keys.delete(oldest);
      return;
    }
  }

  has(session: string, world: string, audience: Audience): boolean {
    return this.#keys.has(`${session}/${world}/${audience}`);
  }
}
