import type { CharacterView, CombatView, FoeView, PartyView } from "../../engine/types/view.ts";
import { t } from "../text/text.ts";
import { bearing, type Square } from "./path.ts";

const HEALTH: Readonly<Record<FoeView["health"], number>> = {
  unhurt: 1,
  hurt: 0.7,
  bloodied: 0.45,
  nearDeath: 0.18,
  down: 0,
};

/** One creature on the field, in words and numbers a player may know. */
export interface Fighter {
  readonly id: string;
  readonly name: string;
  readonly side: "party" | "foe";
  readonly icon: string;
  readonly colours: readonly [string, string];
  readonly health: number;
  readonly state: string;
  readonly marks: readonly string[];
  readonly down: boolean;
}

/** Everybody on the field, foes without numbers. */
export function fightersOf(view: PartyView, combat: CombatView): readonly Fighter[] {
  return Object.entries(combat.on).flatMap(([id, one]): readonly Fighter[] => {
    const character = view.characters[id];
    if (character !== undefined) return [ofCharacter(character, one.marks)];
    const foe = combat.foes[id];
    return foe === undefined ? [] : [ofFoe(foe, one.marks)];
  });
}

function ofCharacter(one: CharacterView, marks: readonly string[]): Fighter {
  const conditions = Object.values(one.effects).map((effect) => effect.name);
  return {
    id: one.id,
    name: one.name,
    side: "party",
    icon: one.icon,
    colours: one.colours,
    health: one.maxHp === 0 ? 0 : Math.max(0, one.hp / one.maxHp),
    state: one.life === "up" ? t("hp-of", { hp: one.hp, max: one.maxHp }) : t(`life-${one.life}`),
    marks: [...marks.map((mark) => t(`mark-${mark}`)), ...conditions],
    down: one.life !== "up",
  };
}

function ofFoe(one: FoeView, marks: readonly string[]): Fighter {
  return {
    id: one.id,
    name: one.name,
    side: "foe",
    icon: one.icon,
    colours: ["#c2513f", "#3f0f0c"],
    health: HEALTH[one.health],
    state: t(`health-${one.health}`),
    marks: [...marks.map((mark) => t(`mark-${mark}`)), ...Object.values(one.effects).map((effect) => effect.name)],
    down: one.health === "down",
  };
}

/** "Goblin 2, wounded, 15 feet north-east, guarding": a creature as the map's twin names it. */
export function describeFighter(fighter: Fighter, at: Square, from: Square | undefined): string {
  const where = from === undefined ? "" : whereText(from, at);
  return [fighter.name, fighter.state, where, ...fighter.marks].filter((part) => part !== "").join(", ");
}

/** Distance and direction in words. */
export function whereText(from: Square, to: Square): string {
  const { feet, direction } = bearing(from, to);
  return feet === 0 ? t("where-here") : t("where", { feet, direction: t(`direction-${direction}`) });
}

/** Letters that tell tokens apart without colour: A-Z for foes, the place in the march for the party. */
export function letters(combat: CombatView, march: readonly string[]): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  let foe = 0;
  for (const id of Object.keys(combat.on).toSorted()) {
    const place = march.indexOf(id) + 1;
    out.set(
      id,
      combat.on[id]?.side === "foe" ? String.fromCharCode(65 + (foe++ % 26)) : place > 0 ? String(place) : "+",
    );
  }
  return out;
}
