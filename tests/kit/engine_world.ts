/** A world played through the engine alone: commands are stamped and numbered as the host would, the server's own timers included. */
import { commandRng, due, emptyState, step } from "../../engine/mod.ts";
import type { Intent } from "../../engine/types/command.ts";
import type { Character } from "../../engine/types/creature.ts";
import type { WorldEvent } from "../../engine/types/event.ts";
import type { AccountId, SeatId, WorldId } from "../../engine/types/ids.ts";
import type { Rejection } from "../../engine/types/rejection.ts";
import type { WorldOptions, WorldState } from "../../engine/types/state.ts";

export const SEAT = "s_1" as SeatId;
const START = 1_700_000_000_000;

export interface EngineWorld {
  readonly state: WorldState;
  readonly events: readonly WorldEvent[];
  /** How many commands were accepted. */
  readonly n: number;
  /** By the seat, or by the server when `system`. Undefined: accepted. */
  ask(intent: Intent, system?: boolean): Rejection | undefined;
  /** Does what the server itself would do now or later; false when nothing waits. Clock-bound timers are let run out only when told. */
  serve(letTimePass: boolean): boolean;
}

export interface EngineWorldInput {
  readonly seed: string;
  readonly characters: readonly Character[];
  readonly options?: WorldOptions;
}

/** Seeds for tests: 32 hex digits from a small number. */
export function seedOf(i: number): string {
  return (0x9e3779b9 ^ i >>> 0).toString(16).slice(-8).padStart(8, "0").repeat(3) + i.toString(16).padStart(8, "0");
}

export function createEngineWorld(input: EngineWorldInput): EngineWorld {
  let state = emptyState("w_test" as WorldId);
  let at = START;
  let n = 0;
  const events: WorldEvent[] = [];

  function ask(intent: Intent, system = false): Rejection | undefined {
    const by = system ? { type: "system" as const } : { type: "seat" as const, seat: SEAT };
    const outcome = step(state, { by, at, intent }, commandRng(input.seed, 1, n + 1));
    if (!outcome.ok) return outcome.rejection;
    n += 1;
    at += 1;
    state = outcome.state;
    events.push(...outcome.events);
    return undefined;
  }

  function serve(letTimePass: boolean): boolean {
    const next = due(state);
    if (!next || (next.at > at && !letTimePass)) return false;
    at = Math.max(at, next.at);
    const refused = ask(next.intent, true);
    if (refused) throw new Error(`The server's own command was refused: ${JSON.stringify({ next, refused })}`);
    return true;
  }

  const options = input.options ?? { turnClock: "normal", difficulty: "normal" };
  const created = ask(
    {
      type: "CreateWorld",
      world: "w_test" as WorldId,
      name: "Test",
      seed: input.seed,
      seedHash: "",
      invite: "i",
      options,
    },
    true,
  );
  const joined = ask(
    { type: "JoinGame", account: "a_1" as AccountId, name: "Ada", seat: SEAT, characters: input.characters },
    true,
  );
  if (created || joined) throw new Error(`The world did not begin: ${JSON.stringify(created ?? joined)}`);
  return {
    get state() {
      return state;
    },
    get n() {
      return n;
    },
    events,
    ask,
    serve,
  };
}
