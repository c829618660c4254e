import type { PlayerIntent } from "../../engine/types/command.ts";
import type { JsonObject } from "../net/json.ts";

/** The method of the wire for every intent, and the members it takes: all of the intent's own unless said otherwise. */
const METHODS: Readonly<Record<PlayerIntent["type"], string>> = {
  LeaveGame: "leaveGame",
  EndWorld: "world.end",
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

/** How an intent travels. */
export function callOf(intent: PlayerIntent): { readonly method: string; readonly params: JsonObject } {
  const { type, ...members } = intent;
  const method = METHODS[type];
  if (type === "Step") return { method, params: { step: "forward" } };
  return { method, params: JSON.parse(JSON.stringify(members)) };
}
