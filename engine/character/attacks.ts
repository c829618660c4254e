/** Every way a creature can strike: a character's weapons in hand and to throw, a monster's attacks (SRD 5.1, Combat). */
import { item, monster } from "../content/mod.ts";
import type { AttackRecord, ItemRecord, WeaponProperty } from "../types/content.ts";
import type { Character, Creature, ItemStack } from "../types/creature.ts";
import type { ItemId } from "../types/ids.ts";
import type { DamageType } from "../types/names.ts";
import { memo, memoParts, memoText } from "../core/memo.ts";
import { levelOf, modifier, proficiencyBonus } from "./scores.ts";
import { allModifiers, isProficient, wornIn } from "./worn.ts";

export interface AttackForm {
  /** A monster's attack id, an item's id, or `unarmed`. A thrown form ends in `:thrown`, the second hand's in `:off`. */
  readonly id: string;
  readonly item?: ItemId;
  readonly name: string;
  readonly toHit: number;
  /** Feet. */
  readonly reach?: number;
  /** Feet, normal and long. */
  readonly range?: readonly [number, number];
  readonly damage: readonly {
    readonly dice: string;
    readonly type: DamageType;
    readonly bonus: number;
    /** By a magic weapon: some resistances do not stop it. */
    readonly magical?: true;
  }[];
  readonly properties: readonly WeaponProperty[];
  /** The stack a shot or throw is taken from. */
  readonly ammunition?: ItemId;
  /** Needs ammunition, and none is left. */
  readonly empty?: boolean;
  readonly finesse: boolean;
  readonly melee: boolean;
  readonly offHand?: boolean;
  readonly thrown?: boolean;
  readonly rider?: AttackRecord["rider"];
  readonly proficient: boolean;
  /** Lowest d20 that is a critical hit: 20, or a champion's 19. */
  readonly criticalOn: number;
}

/** All forms of a creature, worked out once for each state of it: the AI asks thousands of times. */
export const attackForms: (creature: Creature) => readonly AttackForm[] = memo(formsOf);

function formsOf(creature: Creature): readonly AttackForm[] {
  return creature.type === "monster" ? monsterForms(creature.monster) : characterForms(creature);
}

/** The same list for every monster of a kind. */
const monsterForms: (id: string) => readonly AttackForm[] = memoText((id) =>
  monster(id).attacks.map((one) => ({
    id: one.id,
    name: one.name,
    toHit: one.toHit,
    ...(one.reach === undefined ? {} : { reach: one.reach }),
    ...(one.range === undefined ? {} : { range: one.range }),
    damage: one.damage.map((part) => ({ ...part, bonus: 0 })),
    properties: [],
    finesse: false,
    melee: one.reach !== undefined,
    ...(one.rider ? { rider: one.rider } : {}),
    proficient: true,
    criticalOn: 20,
  }))
);

/** Wounds and slots change nothing about how it strikes. */
const characterForms: (character: Character) => readonly AttackForm[] = memoParts(
  ({ pack, worn, effects, classes, abilities, features, choices, lineage }) => [
    pack,
    worn,
    effects,
    classes,
    abilities,
    features,
    choices,
    lineage,
  ],
  formsOfCharacter,
);

function formsOfCharacter(character: Character): readonly AttackForm[] {
  const main = wornIn(character, "weaponMain")[0];
  const off = wornIn(character, "weaponOff")[0];
  const held = [main, off].flatMap((one) => one?.record.weapon ? [one.stack.id] : []);
  const forms: AttackForm[] = [];
  for (const one of [main, off]) {
    if (!one?.record.weapon) continue;
    const second = one === off && one !== main;
    if (second && !isPaired(main?.record, one.record)) continue;
    forms.push(...weaponForms(character, { stack: one.stack, record: one.record, second, free: !off, held: true }));
  }
  for (const stack of character.pack) {
    if (held.includes(stack.id)) continue;
    const record = item(stack.item);
    if (!record.weapon?.properties.includes("thrown")) continue;
    forms.push(...weaponForms(character, { stack, record, second: false, free: false, held: false }));
  }
  return [...forms, unarmed(character)];
}

/** SRD 5.1, Two-Weapon Fighting: both light, both for melee. */
function isPaired(main: ItemRecord | undefined, off: ItemRecord): boolean {
  const light = (record: ItemRecord | undefined) =>
    record?.weapon !== undefined && record.weapon.properties.includes("light") &&
    record.weapon.ammunition === undefined;
  return light(main) && light(off);
}

interface Wielded {
  readonly stack: ItemStack;
  readonly record: ItemRecord;
  readonly second: boolean;
  /** The other hand is empty. */
  readonly free: boolean;
  readonly held: boolean;
}

function weaponForms(character: Character, wielded: Wielded): readonly AttackForm[] {
  const { stack, record, second } = wielded;
  const weapon = record.weapon;
  if (!weapon) return [];
  const has = (property: WeaponProperty) => weapon.properties.includes(property);
  const shoots = weapon.ammunition !== undefined;
  const ability = abilityFor(character, shoots, has("finesse"));
  const proficient = isProficient(character, record);
  const style = character.choices["fightingStyle"];
  const common = {
    item: stack.id,
    properties: weapon.properties,
    finesse: has("finesse"),
    proficient,
    criticalOn: character.features.includes("champion") ? 19 : 20,
    ...(second ? { offHand: true } : {}),
  };
  const skill = ability + (proficient ? proficiencyBonus(levelOf(character)) : 0) + (weapon.bonus ?? 0) +
    allModifiers(character, "attack", "weapon").add;
  const plain = second && style !== "twoWeapon" ? Math.min(0, ability) : ability;
  const hurt = plain + (weapon.bonus ?? 0) + allModifiers(character, "damage", weapon.type).add;
  const magical = (weapon.bonus ?? 0) > 0 || isEnchanted(character) ? { magical: true as const } : {};
  const archery = style === "archery" ? 2 : 0;

  if (shoots) {
    const quiver = character.pack.find((one) => one.item === weapon.ammunition && one.count > 0);
    return [{
      ...common,
      id: stack.id,
      name: record.name,
      toHit: skill + archery,
      range: weapon.range ?? [30, 120],
      damage: [{ dice: weapon.dice, type: weapon.type, bonus: hurt, ...magical }],
      ...(quiver ? { ammunition: quiver.id } : { empty: true }),
      melee: false,
    }];
  }

  const forms: AttackForm[] = [];
  const both = wielded.free && weapon.versatile !== undefined;
  if (wielded.held) {
    const duel = style === "duelling" && !second && !both && !has("twoHanded") && !otherWeapon(character) ? 2 : 0;
    forms.push({
      ...common,
      id: second ? `${stack.id}:off` : stack.id,
      name: record.name,
      toHit: skill,
      reach: has("reach") ? 10 : 5,
      damage: [{
        dice: both ? weapon.versatile ?? weapon.dice : weapon.dice,
        type: weapon.type,
        bonus: hurt + duel,
        ...magical,
      }],
      melee: true,
    });
  }
  if (has("thrown") && weapon.range && !second) {
    forms.push({
      ...common,
      id: `${stack.id}:thrown`,
      name: record.name,
      toHit: skill,
      range: weapon.range,
      damage: [{ dice: weapon.dice, type: weapon.type, bonus: hurt, ...magical }],
      ammunition: stack.id,
      melee: false,
      thrown: true,
    });
  }
  return forms;
}

/** Under a spell that makes the weapon in hand a magic one. */
function isEnchanted(character: Character): boolean {
  return character.effects.some((one) =>
    one.record.modifiers?.some((change) => change.stat === "attack" && change.only === "weapon")
  );
}

function otherWeapon(character: Character): boolean {
  return wornIn(character, "weaponOff").some((one) => one.record.weapon);
}

/** STR in melee, DEX for bows, the better of both with finesse. */
function abilityFor(character: Character, shoots: boolean, finesse: boolean): number {
  const str = modifier(character.abilities.str);
  const dex = modifier(character.abilities.dex);
  if (shoots) return dex;
  return finesse ? Math.max(str, dex) : str;
}

/** 1 + STR bludgeoning, and everyone is proficient. */
function unarmed(character: Character): AttackForm {
  const str = modifier(character.abilities.str);
  return {
    id: "unarmed",
    name: "Unarmed strike",
    toHit: str + proficiencyBonus(levelOf(character)) + allModifiers(character, "attack").add,
    reach: 5,
    damage: [{ dice: "1", type: "bludgeoning", bonus: str + allModifiers(character, "damage", "bludgeoning").add }],
    properties: [],
    finesse: false,
    melee: true,
    proficient: true,
    criticalOn: character.features.includes("champion") ? 19 : 20,
  };
}
