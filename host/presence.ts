import type { CreatureId, SeatId } from "../engine/types/ids.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { Clock } from "./clock.ts";

/** Nobody counts as gone before this long after their last sign of life. */
export const ABSENT_MS = 60_000;

/** Who of a world's seats is here: by a stream they listen to, or by a command of the last minute. */
export class Presence {
  readonly #clock: Clock;
  /** Open listeners per seat. */
  readonly #listening = new Map<SeatId, number>();
  readonly #seenAt = new Map<SeatId, number>();
  /** Since when a seat has been here without a break. */
  readonly #since = new Map<SeatId, number>();
  /** When the world came into memory: who has not been here since is not gone for longer than that. */
  readonly #wokeAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wokeAt = clock.monotonic();
  }

  seen(seat: SeatId): void {
    const now = this.#clock.monotonic();
    if (!this.here(seat)) this.#since.set(seat, now);
    this.#seenAt.set(seat, now);
  }

  listens(seat: SeatId): void {
    this.seen(seat);
    this.#listening.set(seat, (this.#listening.get(seat) ?? 0) + 1);
  }

  left(seat: SeatId): void {
    const count = (this.#listening.get(seat) ?? 0) - 1;
    if (count > 0) this.#listening.set(seat, count);
    else this.#listening.delete(seat);
    this.#seenAt.set(seat, this.#clock.monotonic());
  }

  here(seat: SeatId): boolean {
    if (this.#listening.has(seat)) return true;
    const at = this.#seenAt.get(seat);
    return at !== undefined && this.#clock.monotonic() - at < ABSENT_MS;
  }

  /** Whether anybody is here. */
  get anyone(): boolean {
    if (this.#listening.size > 0) return true;
    for (const seat of this.#seenAt.keys()) if (this.here(seat)) return true;
    return false;
  }

  /** When the last of them was gone for a minute (ms, monotonic); undefined while somebody is here or nobody ever was. */
  get emptySince(): number | undefined {
    if (this.anyone || this.#seenAt.size === 0) return undefined;
    return Math.max(...this.#seenAt.values()) + ABSENT_MS;
  }

  /** Who should lead instead of a leader that is gone: the longest present seat that listens. */
  heir(state: WorldState): SeatId | undefined {
    if (state.ended !== undefined) return undefined;
    const seats = Object.values(state.seats).filter((seat) => !seat.left);
    const leader = seats.find((seat) => seat.roles.includes("leader"));
    if (leader === undefined || !this.#gone(leader.id)) return undefined;
    const present = seats.filter((seat) => this.#listening.has(seat.id));
    present.sort((a, b) => (this.#since.get(a.id) ?? 0) - (this.#since.get(b.id) ?? 0) || a.number - b.number);
    return present[0]?.id;
  }

  /** The character everybody waits for although its player is gone, while somebody else is here. */
  awaited({ battle, characters }: WorldState): CreatureId | undefined {
    if (!battle || battle.prompt || !this.anyone) return undefined;
    const one = characters[battle.turn];
    return one && one.seat !== null && !one.quick && this.#gone(one.seat) ? one.id : undefined;
  }

  #gone(seat: SeatId): boolean {
    return !this.#listening.has(seat) &&
      this.#clock.monotonic() - (this.#seenAt.get(seat) ?? this.#wokeAt) >= ABSENT_MS;
  }
}
