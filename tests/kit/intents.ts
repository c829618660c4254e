/** How a legal intent is asked for on the wire: method and params. */
import type { PlayerIntent } from "../../engine/types/command.ts";
import type { JsonRecord } from "./client.ts";

export const METHOD_OF: Readonly<Record<PlayerIntent["type"], string>> = {
  LeaveGame: "leaveGame",
  GiveLead: "giveLead",
  Say: "talk.say",
  Step: "move",
  Turn: "turn",
  Interact: "interact",
  Search: "search",
  Travel: "travel",
  Light: "light",
  ChooseEncounter: "encounter.choose",
  StartCombat: "startCombat",
  MoveInBattle: "move",
  Attack: "attack",
  CastSpell: "castSpell",
  UseItem: "useItem",
  UseFeature: "useFeature",
  Guard: "guard",
  Delay: "delay",
  Dash: "dash",
  Dodge: "dodge",
  Slip: "slip",
  Help: "help",
  Bandage: "bandage",
  OpenDoor: "openDoor",
  StandUp: "standUp",
  React: "react",
  SetPolicy: "setPolicy",
  Quick: "quick",
  EndTurn: "endTurn",
  EquipItem: "equipItem",
  UnequipItem: "unequipItem",
  GiveItem: "item.give",
  TakeItem: "item.take",
  ClaimLoot: "loot.claim",
  AssignLoot: "loot.assign",
  FinishLoot: "loot.finish",
  MakeCamp: "camp.make",
  Rest: "camp.rest",
  SpendHitDice: "camp.spendHitDice",
  PrepareSpells: "camp.prepare",
  SetOrder: "camp.order",
  BreakCamp: "camp.break",
  LevelUp: "levelUp",
  StartQuest: "startQuest",
  CompleteQuest: "completeQuest",
};

export function wireCall(intent: PlayerIntent): { readonly method: string; readonly params: JsonRecord } {
  const { type, ...params } = intent;
  return { method: METHOD_OF[type], params: type === "Step" ? { step: "forward" } : params };
}
