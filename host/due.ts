/**
 * Timers that outlive the process. A world whose rules wait for time has a note in the store, `due/<minute>/<world>`,
 * written in the atomic of its head, so that a server that starts finds the world without anybody coming back to it.
 *
 * What goes on with nobody there, then? A clock that runs against people stands still while they are away, and a restart
 * is nothing they did: turns, prompts, encounters and shares wait until somebody comes. The AI's own turn runs against
 * nobody. It goes on for the minute in which the players of a world that was being played count as still there, as it
 * does after a lost connection; so whoever comes back finds the foes' moves made, and no fight is fought out alone.
 */
import type { Change } from "../kv/ports.ts";
import type { Due } from "./engine_port.ts";

const MINUTE_MS = 60_000;

/** The minute since 1970 a moment falls into. */
export function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}

/** What is noted of a world's timer after a command, and what to write for it. */
export interface DueNote {
  readonly minute: number | undefined;
  readonly changes: readonly Change[];
}

const NOTHING: readonly Change[] = [];

/**
 * The note after a command at `at`, where there is one of `noted`. A note too early only makes a starting server look
 * once too often, so it is moved on no more than once a minute: most commands of a battle write none.
 */
export function noteDue(world: string, noted: number | undefined, due: Due | undefined, at: number): DueNote {
  const wanted = due && minuteOf(Math.max(due.at, at));
  const good = wanted === noted ||
    (wanted !== undefined && noted !== undefined && noted < wanted && noted >= minuteOf(at));
  if (good) return { minute: noted, changes: NOTHING };
  return {
    minute: wanted,
    changes: [
      ...(noted === undefined ? [] : [{ type: "due", world, minute: noted, on: false } as const]),
      ...(wanted === undefined ? [] : [{ type: "due", world, minute: wanted, on: true } as const]),
    ],
  };
}
