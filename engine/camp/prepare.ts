/** Choosing the day's spells (SRD 5.1, Spellcasting). */
import { alwaysPrepared, castingOf, maxSpellLevel, preparedMax } from "../character/mod.ts";
import { hasSpell, spell } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import type { Character } from "../types/creature.ts";
import type { Rejection } from "../types/rejection.ts";

export function prepareSpells(play: Play, intent: IntentOf<"PrepareSpells">): Rejection | undefined {
  const one = play.state.characters[intent.character];
  if (!one) return reject("character/unknown");
  const refused = cannotPrepare(one, intent.spells);
  if (refused) return refused;
  const spells = [...new Set([...alwaysPrepared(one), ...intent.spells])];
  play.emit({ type: "SpellsPrepared", character: one.id, spells });
  return undefined;
}

/** Why these cannot be prepared; undefined when they can. */
export function cannotPrepare(one: Character, spells: readonly string[]): Rejection | undefined {
  const casting = castingOf(one)?.casting;
  if (!casting || casting.prepares === "known") return reject("character/no_feature", { feature: "prepare" });
  const unknown = spells.find((id) => !hasSpell(id) || !one.spells.includes(id));
  if (unknown !== undefined) return reject("magic/unknown_spell", { spell: unknown });
  const high = spells.find((id) => spell(id).level > maxSpellLevel(one));
  if (high !== undefined) return reject("magic/no_slot", { spell: high });
  const free = alwaysPrepared(one);
  const most = preparedMax(one);
  const chosen = new Set(spells.filter((id) => !free.includes(id)));
  return chosen.size > most ? reject("magic/too_many", { most }) : undefined;
}
