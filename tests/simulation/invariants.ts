/** What must hold in every state of every world. */
import { findCreature } from "../../engine/core/fold.ts";
import type { Creature } from "../../engine/types/creature.ts";
import type { WorldState } from "../../engine/types/state.ts";

/** One line for each broken invariant. */
export function brokenInvariants(state: WorldState): readonly string[] {
  return [...modes(state), ...party(state), ...creatures(state), ...battle(state)];
}

function modes(state: WorldState): readonly string[] {
  const open = { encounter: state.encounter, battle: state.battle, aftermath: state.aftermath, camp: state.camp };
  return Object.entries(open).flatMap(([mode, part]) => {
    if (state.mode === mode && part === null) return [`mode ${mode} without its part`];
    const mayStay = mode === "camp" || (mode === "encounter" && state.mode === "battle");
    return state.mode !== mode && part !== null && !mayStay ? [`part ${mode} in mode ${state.mode}`] : [];
  });
}

function party(state: WorldState): readonly string[] {
  const out: string[] = [];
  const level = state.levels[state.party.level];
  const [x, y] = state.party.at;
  if (!level || (level.rows[y]?.charAt(x) ?? "#") === "#") out.push(`party stands on no floor at ${x},${y}`);
  if (state.party.purse < 0) out.push(`purse is ${state.party.purse}`);
  if (new Set(state.party.order).size !== state.party.order.length) out.push("somebody marches twice");
  for (const id of state.party.order) if (!state.characters[id]) out.push(`${id} marches but is not there`);
  return out;
}

function creatures(state: WorldState): readonly string[] {
  const all: readonly Creature[] = [...Object.values(state.characters), ...Object.values(state.battle?.monsters ?? {})];
  return all.flatMap((one) => {
    const out: string[] = [];
    if (one.hp < 0 || one.hp > one.maxHp) out.push(`${one.id} has ${one.hp} of ${one.maxHp} hit points`);
    if (one.tempHp < 0) out.push(`${one.id} has ${one.tempHp} temporary hit points`);
    if (one.life === "up" && one.hp === 0) out.push(`${one.id} is up at 0 hit points`);
    if (one.slots.some((slots) => slots < 0)) out.push(`${one.id} has slots ${one.slots}`);
    if (one.type === "character") {
      if (one.pack.some((stack) => stack.count < 1)) out.push(`${one.id} carries a stack of nothing`);
      if (new Set(one.pack.map((stack) => stack.id)).size !== one.pack.length) {
        out.push(`${one.id} carries one thing twice`);
      }
    }
    return out;
  });
}

function battle(state: WorldState): readonly string[] {
  const { battle } = state;
  if (!battle || state.mode !== "battle" || battle.prompt) return [];
  const out: string[] = [];
  if (!battle.order.includes(battle.turn)) out.push(`${battle.turn} has the turn but is not in the order`);
  if (new Set(battle.order).size !== battle.order.length) out.push("somebody is twice in the order");
  const taken = new Map<string, string>();
  for (const [id, one] of Object.entries(battle.on)) {
    const creature = findCreature(state, id as Creature["id"]);
    if (!creature) out.push(`${id} fights but is not there`);
    const { movement, action, bonusAction, reaction, attacks, freeHand } = one.budget;
    if ([movement, action, bonusAction, reaction, attacks, freeHand].some((left) => left < 0)) {
      out.push(`${id} has spent more than it had: ${JSON.stringify(one.budget)}`);
    }
    if (one.waiting || creature?.life !== "up") continue;
    for (let dx = 0; dx < one.size; dx += 1) {
      for (let dy = 0; dy < one.size; dy += 1) {
        const square = `${one.at[0] + dx},${one.at[1] + dy}`;
        const other = taken.get(square);
        if (other) out.push(`${id} and ${other} share square ${square}`);
        taken.set(square, id);
      }
    }
  }
  return out;
}
