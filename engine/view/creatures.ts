/** Characters and foes as the party sees them. */
import { armourClass, levelOf, MAX_LEVEL, maxSlots, preparedMax, speedOf, xpForLevel } from "../character/mod.ts";
import { monster as monsterRecord } from "../content/mod.ts";
import type { Character, Combatant, Creature, Effect, ItemStack, Monster } from "../types/creature.ts";
import type { CharacterView, CombatantView, EffectView, FoeView } from "../types/view.ts";
import { memo } from "../core/memo.ts";

export const effectsView = memo((effects: readonly Effect[]): Readonly<Record<string, EffectView>> =>
  Object.fromEntries(effects.map((effect) => [effect.id, effectView(effect)]))
);

function effectView(effect: Effect): EffectView {
  const { name, kind, condition } = effect.record;
  return { name, kind, endsAt: effect.endsAt, ...(condition === undefined ? {} : { condition }) };
}

export const stacksView = memo((stacks: readonly ItemStack[]): Readonly<Record<string, ItemStack>> =>
  Object.fromEntries(stacks.map((stack) => [stack.id, stack]))
);

export const characterView = memo((character: Character): CharacterView => {
  const level = levelOf(character);
  const nextXp = level < MAX_LEVEL ? xpForLevel(level + 1) : null;
  return {
    id: character.id,
    name: character.name,
    seat: character.seat,
    class: character.classes[0]?.id ?? "fighter",
    lineage: character.lineage,
    background: character.background,
    level,
    xp: character.xp,
    nextXp,
    canLevel: nextXp !== null && character.xp >= nextXp,
    abilities: character.abilities,
    skills: character.skills,
    features: character.features,
    choices: character.choices,
    hp: character.hp,
    maxHp: character.maxHp,
    tempHp: character.tempHp,
    ac: armourClass(character),
    speed: speedOf(character),
    life: character.life,
    deathSaves: character.deathSaves,
    hitDice: character.hitDice,
    slots: character.slots,
    maxSlots: maxSlots(character),
    used: character.used,
    cantrips: character.cantrips,
    spells: character.spells,
    prepared: character.prepared,
    preparedMax: preparedMax(character),
    pack: stacksView(character.pack),
    worn: character.worn,
    effects: effectsView(character.effects),
    concentration: character.concentration,
    policy: character.policy,
    quick: character.quick,
    ...(character.quickBy === undefined ? {} : { quickBy: character.quickBy }),
    icon: character.appearance.icon,
    colours: character.appearance.colours,
  };
});

/** Health in words: exact hit points of foes are theirs to know (game design 10, visibility). */
export function healthOf(creature: Creature): FoeView["health"] {
  if (creature.hp <= 0 || creature.life !== "up") return "down";
  if (creature.hp >= creature.maxHp) return "unhurt";
  if (creature.hp * 4 <= creature.maxHp) return "nearDeath";
  return creature.hp * 2 <= creature.maxHp ? "bloodied" : "hurt";
}

export const foeView = memo((foe: Monster): FoeView => ({
  id: foe.id,
  name: foe.name,
  monster: foe.monster,
  icon: monsterRecord(foe.monster).icon,
  health: healthOf(foe),
  effects: effectsView(foe.effects),
}));

export const combatantView = memo((one: Combatant): CombatantView => ({
  at: one.at,
  size: one.size,
  facing: one.facing,
  side: one.side,
  held: one.heldFacing,
  marks: marksOf(one),
  ...(one.side === "party" ? { budget: one.budget } : {}),
}));

function marksOf(one: Combatant): readonly string[] {
  const marks = (["guarding", "dodging", "slipping", "hidden", "surprised"] as const).filter((mark) => one[mark]);
  return one.helped === null ? marks : [...marks, "helped"];
}
