/** A player for the leak tests, and everything that leaves the server about a state. */
import { type Dice, due, hashOf, legalForSeat, redact, view } from "../../engine/mod.ts";
import type { Command, PlayerIntent } from "../../engine/types/command.ts";
import type { WorldEvent } from "../../engine/types/event.ts";
import { AUDIENCES } from "../../engine/types/names.ts";
import type { WorldState } from "../../engine/types/state.ts";
import type { HashValue } from "../../engine/view/hash.ts";
import { SEAT } from "../kit/engine_world.ts";

/** Kinds that lead somewhere; the rest is drawn like any other. */
const WEIGHTS: Readonly<Record<string, number>> = {
  Travel: 60,
  Interact: 40,
  Attack: 30,
  MoveInBattle: 8,
  OpenDoor: 30,
  EndTurn: 10,
  Quick: 8,
  ChooseEncounter: 20,
  FinishLoot: 30,
  BreakCamp: 20,
  LeaveGame: 0,
  GiveLead: 0,
};

/** What every audience sees of a state, with its hash. */
export function shownView(state: WorldState): string {
  return JSON.stringify(AUDIENCES.map((audience) => {
    const seen = view(state, audience);
    return [seen, hashOf(seen as unknown as HashValue)];
  }));
}

/** What every audience is told of events; `state` is after them. */
export function shownEvents(state: WorldState, events: readonly WorldEvent[]): string {
  return JSON.stringify(AUDIENCES.map((audience) => events.map((event) => redact(state, event, audience) ?? null)));
}

function choose(dice: Dice, legal: readonly PlayerIntent[]): PlayerIntent | undefined {
  const kinds = new Map<string, PlayerIntent[]>();
  for (const intent of legal) {
    const list = kinds.get(intent.type);
    if (list) list.push(intent);
    else kinds.set(intent.type, [intent]);
  }
  const weighted = [...kinds.keys()].map((type) => [type, WEIGHTS[type] ?? 1] as const).filter(([, weight]) =>
    weight > 0
  );
  return weighted.length === 0 ? undefined : dice.pick(kinds.get(dice.weighted(weighted)) ?? []);
}

/** What is due, else something legal, else the next timer. */
export function nextCommand(
  state: WorldState,
  dice: Dice,
  legal: readonly PlayerIntent[] = legalForSeat(state, SEAT),
): Command | undefined {
  const timer = due(state);
  if (timer && timer.at <= state.at) return { by: { type: "system" }, at: state.at, intent: timer.intent };
  const intent = choose(dice, legal);
  if (intent) return { by: { type: "seat", seat: SEAT }, at: state.at, intent };
  return timer ? { by: { type: "system" }, at: timer.at, intent: timer.intent } : undefined;
}
