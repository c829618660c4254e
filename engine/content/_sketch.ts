/** Short hands for monster tables: attacks and riders that many records share. */
import type { AttackRecord, EffectRecord } from "../types/content.ts";
import type { DamageType, Scores } from "../types/names.ts";

export function scores(str: number, dex: number, con: number, int: number, wis: number, cha: number): Scores {
  return { str, dex, con, int, wis, cha };
}

interface Blow {
  readonly toHit: number;
  readonly dice: string;
  readonly type: DamageType;
  readonly reach?: number;
  readonly also?: { readonly dice: string; readonly type: DamageType };
  readonly rider?: NonNullable<AttackRecord["rider"]>;
}

/** A melee attack of five feet, unless `reach` says more. */
export function melee(id: string, name: string, blow: Blow): AttackRecord {
  return {
    id,
    name,
    toHit: blow.toHit,
    reach: blow.reach ?? 5,
    damage: [{ dice: blow.dice, type: blow.type }, ...(blow.also ? [blow.also] : [])],
    ...(blow.rider ? { rider: blow.rider } : {}),
  };
}

export function ranged(
  id: string,
  name: string,
  blow: Omit<Blow, "reach"> & { readonly range: readonly [number, number] },
): AttackRecord {
  return {
    id,
    name,
    toHit: blow.toHit,
    range: blow.range,
    damage: [{ dice: blow.dice, type: blow.type }],
    ...(blow.rider ? { rider: blow.rider } : {}),
  };
}

const PRONE: EffectRecord = {
  kind: "condition",
  name: "Knocked down",
  tags: [],
  condition: "prone",
  duration: null,
  stackKey: "prone",
  stackRule: "refresh",
  priority: 0,
  dispel: "none",
};

/** A STR save, or flat on the ground: wolves. */
export function knockDown(dc: number): NonNullable<AttackRecord["rider"]> {
  return { save: { ability: "str", dc }, effect: PRONE };
}

/** A CON save against venom: damage, and a made save takes half or none. */
export function venom(dc: number, dice: string, half: boolean): NonNullable<AttackRecord["rider"]> {
  return { save: { ability: "con", dc }, damage: { dice, type: "poison", half } };
}

/** A CON save, or paralysed for a minute with a new save at each turn's end: ghouls. */
export function numbing(dc: number): NonNullable<AttackRecord["rider"]> {
  return {
    save: { ability: "con", dc },
    effect: {
      kind: "stun",
      name: "Numbed",
      tags: [],
      condition: "paralyzed",
      save: { ability: "con", when: "turnEnd" },
      duration: 60,
      stackKey: "numbing",
      stackRule: "refresh",
      priority: 25,
      dispel: "none",
    },
  };
}
