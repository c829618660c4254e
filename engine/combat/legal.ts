/** What a creature may do in battle now; the checks are the rules' own. */
import { attackForms } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { LegalList } from "../core/rule.ts";
import { NEIGHBOURS } from "../grid/mod.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { planAttack } from "./attack_rule.ts";
import { refuseDelay } from "./delay.ts";
import { refuseDoor } from "./door.ts";
import { refusePath } from "./move.ts";
import { refuseAction, refuseBandage, refuseGuard, refuseHelp, refuseStandUp } from "./verbs.ts";

export const combatLegal: LegalList = (state, { creature: id }) => {
  const battle = state.battle;
  if (state.mode !== "battle" || !battle?.on[id]) return [];
  const character = state.characters[id];
  const always: readonly PlayerIntent[] = character ? [{ type: "Quick", character: id, on: !character.quick }] : [];
  if (battle.prompt) {
    if (battle.prompt.creature !== id) return always;
    return [...always, { type: "React", character: id, take: true }, { type: "React", character: id, take: false }];
  }
  return battle.turn === id ? [...turnOf(state, battle, id), ...always] : always;
};

function turnOf(state: WorldState, battle: Battle, id: CreatureId): readonly PlayerIntent[] {
  const out: PlayerIntent[] = [{ type: "EndTurn", character: id }, ...attacks(state, battle, id)];
  if (!refuseAction(state, id)) {
    out.push({ type: "Dash", character: id }, { type: "Dodge", character: id }, { type: "Slip", character: id });
  }
  if (!refuseGuard(state, id)) out.push({ type: "Guard", character: id });
  if (!refuseStandUp(state, id)) out.push({ type: "StandUp", character: id });
  for (const other of battle.order) {
    if (!refuseHelp(state, id, other)) out.push({ type: "Help", character: id, ally: other });
    if (!refuseBandage(state, id, other)) out.push({ type: "Bandage", character: id, ally: other });
    if (!refuseDelay(state, id, other)) out.push({ type: "Delay", character: id, after: other });
  }
  for (const to of around(battle, id)) {
    if (!refuseDoor(state, id, to)) out.push({ type: "OpenDoor", character: id, square: to });
    if (!refusePath(state, id, [to])) out.push({ type: "MoveInBattle", character: id, path: [to] });
  }
  return out;
}

function attacks(state: WorldState, battle: Battle, id: CreatureId): readonly PlayerIntent[] {
  const creature = findCreature(state, id);
  const side = battle.on[id]?.side;
  if (!creature) return [];
  const out: PlayerIntent[] = [];
  const forms = attackForms(creature);
  for (const target of battle.order) {
    if (battle.on[target]?.side === side) continue;
    const plain = { type: "Attack", character: id, target } as const;
    const usual = planAttack(state, plain);
    if (!("code" in usual)) out.push(plain);
    for (const form of forms) {
      if (!form.item || (!("code" in usual) && usual.form.item === form.item && !form.offHand)) continue;
      const named = form.offHand ? { ...plain, hand: "off" as const } : { ...plain, weapon: form.item };
      if (!("code" in planAttack(state, named))) out.push(named);
    }
  }
  return out;
}

/** Squares one step away, and those a large creature's side touches. */
function around(battle: Battle, id: CreatureId): readonly Point[] {
  const own = battle.on[id];
  if (!own) return [];
  if (own.size === 1) return NEIGHBOURS.map(([dx, dy]) => [own.at[0] + dx, own.at[1] + dy]);
  const out: Point[] = [];
  for (let y = -1; y <= own.size; y++) {
    for (let x = -1; x <= own.size; x++) out.push([own.at[0] + x, own.at[1] + y]);
  }
  return out;
}
