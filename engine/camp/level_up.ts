/** One level more, by the rule book of `character/grow.ts`. */
import { canLevelUp, levelOf, MAX_LEVEL, xpForLevel } from "../character/mod.ts";
import { grow } from "../character/grow.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import type { Character } from "../types/creature.ts";
import type { Rejection } from "../types/rejection.ts";

export function levelUp(play: Play, intent: IntentOf<"LevelUp">): Rejection | undefined {
  const one = play.state.characters[intent.character];
  if (!one) return reject("character/unknown");
  const refused = cannotLevelUp(one);
  if (refused) return refused;
  const grown = grow(one, intent, () => play.dice("rest"));
  if ("code" in grown) return grown;
  play.emit({
    type: "LevelGained",
    character: one.id,
    sheet: grown.sheet,
    hp: grown.hp,
    features: grown.features,
    ...(grown.roll ? { roll: grown.roll } : {}),
  });
  return undefined;
}

export function cannotLevelUp(one: Character): Rejection | undefined {
  if (one.life === "dead") return reject("character/dead");
  const level = levelOf(one);
  if (level >= MAX_LEVEL) return reject("character/max_level", { most: MAX_LEVEL });
  return canLevelUp(one) ? undefined : reject("character/not_enough_xp", { xp: one.xp, needed: xpForLevel(level + 1) });
}
