/** Delay: a later place in the order, for the rest of the battle (game design 6.2). */
import { type IntentOf, reject } from "../core/rule.ts";
import type { Play } from "../core/play.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { finishDelayed } from "./turn.ts";
import { isUnspent } from "./verbs.ts";

export function refuseDelay(state: WorldState, id: CreatureId, after: CreatureId): Rejection | undefined {
  const order = state.battle?.order ?? [];
  const own = order.indexOf(id);
  if (own < 0 || order.indexOf(after) <= own) return reject("combat/bad_target", { target: after });
  return isUnspent(state, id) ? undefined : reject("combat/already_acted");
}

export function delayRule(play: Play, { character, after }: IntentOf<"Delay">): Rejection | undefined {
  const refused = refuseDelay(play.state, character, after);
  if (refused) return refused;
  const before = play.state.battle?.order ?? [];
  const previous = before[before.indexOf(character) - 1];
  const order = before.flatMap((id) => id === character ? [] : id === after ? [id, character] : [id]);
  play.emit({ type: "TurnDelayed", creature: character, order });
  finishDelayed(play, character, previous);
  return undefined;
}
