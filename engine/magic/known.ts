/** What a creature can cast and with what it pays. */
import { monster, SPELLS } from "../content/mod.ts";
import type { SpellRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";

/** Name under which a monster's casts of one spell are counted. */
export function castsOf(spell: string): string {
  return `spell:${spell}`;
}

/** Record of a spell, or undefined for an id from outside that no table knows. */
export function findSpell(id: string): SpellRecord | undefined {
  return Object.hasOwn(SPELLS, id) ? SPELLS[id] : undefined;
}

/** Spells a creature could cast had it slot and time: cantrips and what is prepared; a monster's list. */
export function spellsOf(creature: Creature): readonly string[] {
  if (creature.type === "monster") return Object.keys(monster(creature.monster).spells?.list ?? {});
  return [...creature.cantrips, ...creature.prepared];
}

/** Slot levels that would pay for a spell now; `[0]` for cantrips and monsters' own spells, empty when there is none left. */
export function payable(creature: Creature, record: SpellRecord): readonly number[] {
  if (creature.type === "monster") return monsterCasts(creature, record.id) ? [record.level] : [];
  if (record.level === 0) return [0];
  const slots: number[] = [];
  for (let level = record.level; level <= creature.slots.length; level++) {
    if ((creature.slots[level - 1] ?? 0) > 0) slots.push(level);
  }
  return slots;
}

/** Casts per fight of a monster's list; 0 there means as often as it likes. */
function monsterCasts(creature: Creature, spell: string): boolean {
  if (creature.type !== "monster") return false;
  const most = monster(creature.monster).spells?.list[spell];
  if (most === undefined) return false;
  return most === 0 || (creature.used[castsOf(spell)] ?? 0) < most;
}

/** Whether a spell is meant for foes. */
export function isHarmful(spell: SpellRecord): boolean {
  return spell.targets === "foe" || spell.attack !== undefined || spell.save !== undefined ||
    spell.operations.some((one) => one.type === "darts" || one.type === "damage" || one.type === "sleep");
}
