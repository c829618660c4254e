/** Hit dice spent after a short rest (SRD 5.1, Resting). */
import { abilityModifier } from "../character/mod.ts";
import { classOf } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";

export function spendHitDice(play: Play, intent: IntentOf<"SpendHitDice">): Rejection | undefined {
  const refused = cannotSpend(play.state, intent);
  if (refused) return refused;
  const one = play.state.characters[intent.character];
  const first = one?.classes[0];
  if (!one || !first) return reject("character/unknown");
  const roll = play.dice("rest").roll(
    `${intent.count}d${classOf(first.id).hitDie}`,
    abilityModifier(one, "con") * intent.count,
  );
  play.emit({
    type: "HitDiceSpent",
    character: one.id,
    roll,
    hp: Math.min(one.maxHp, one.hp + Math.max(0, roll.total)),
    left: one.hitDice - intent.count,
  });
  return undefined;
}

export function cannotSpend(
  state: WorldState,
  { character, count }: Omit<IntentOf<"SpendHitDice">, "type">,
): Rejection | undefined {
  const one = state.characters[character];
  if (!one) return reject("character/unknown");
  if (one.life === "dead") return reject("character/dead");
  if (one.life !== "up") return reject("combat/incapacitated");
  if ((state.camp?.rests ?? 0) < 1) return reject("character/no_hit_dice", { needs: "rest" });
  if (!Number.isInteger(count) || count < 1 || count > one.hitDice) {
    return reject("character/no_hit_dice", { left: one.hitDice });
  }
  return one.hp >= one.maxHp ? reject("character/rested") : undefined;
}
