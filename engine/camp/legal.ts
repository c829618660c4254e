/** What camp allows now. */
import { castingOf } from "../character/mod.ts";
import { type LegalList, reject } from "../core/rule.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Character } from "../types/creature.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { cannotSpend } from "./hit_dice.ts";
import { cannotLevelUp } from "./level_up.ts";
import { foesNear } from "./place.ts";
import { cannotPrepare } from "./prepare.ts";
import { cannotRest, livingMembers } from "./rest.ts";

export function cannotMakeCamp(state: WorldState): Rejection | undefined {
  if (livingMembers(state).length === 0) return reject("character/none");
  return foesNear(state) ? reject("move/foes_near") : undefined;
}

export const campLegal: LegalList = (state, who) => {
  const character = state.characters[who.creature];
  if (!character || character.seat !== who.seat) return [];
  const leads = who.seat !== null && (state.seats[who.seat]?.roles.includes("leader") ?? false);
  if (state.mode === "explore") return leads ? exploring(state) : [];
  if (state.mode !== "camp") return [];
  return [...ofCharacter(state, character), ...(leads ? ofLeader(state) : [])];
};

function exploring(state: WorldState): readonly PlayerIntent[] {
  return [
    ...(cannotMakeCamp(state) ? [] : [{ type: "MakeCamp" as const }]),
    { type: "SetOrder", order: state.party.order },
  ];
}

function ofLeader(state: WorldState): readonly PlayerIntent[] {
  const rests = (["short", "long"] as const).flatMap((kind): readonly PlayerIntent[] =>
    cannotRest(state, kind) ? [] : [{ type: "Rest", kind }]
  );
  return [...rests, { type: "SetOrder", order: state.party.order }, { type: "BreakCamp" }];
}

function ofCharacter(state: WorldState, one: Character): readonly PlayerIntent[] {
  const character = one.id;
  const out: PlayerIntent[] = [];
  if (!cannotSpend(state, { character, count: 1 })) out.push({ type: "SpendHitDice", character, count: 1 });
  if (castingOf(one) && !cannotPrepare(one, one.prepared)) {
    out.push({ type: "PrepareSpells", character, spells: one.prepared });
  }
  if (!cannotLevelUp(one)) {
    out.push({ type: "LevelUp", character, hp: "average" }, { type: "LevelUp", character, hp: "roll" });
  }
  return out;
}
