/** The verbs of battle as the rules' front door sees them. The host's own intents are in `driver.ts`. */
import type { Play } from "../core/play.ts";
import type { IntentOf, RuleTable } from "../core/rule.ts";
import type { Rejection } from "../types/rejection.ts";
import { attackRule } from "./attack_rule.ts";
import { delayRule } from "./delay.ts";
import { openDoorRule } from "./door.ts";
import { moveRule } from "./move.ts";
import { quickRule, reactRule, setPolicyRule } from "./react.ts";
import { finishTurn } from "./turn.ts";
import { bandageRule, dashRule, dodgeRule, guardRule, helpRule, slipRule, standUpRule } from "./verbs.ts";

const own = { who: "own", modes: ["battle"], onTurn: true } as const;

export const combatRules: RuleTable<
  | "MoveInBattle"
  | "Attack"
  | "Guard"
  | "Delay"
  | "Dash"
  | "Dodge"
  | "Slip"
  | "Help"
  | "Bandage"
  | "OpenDoor"
  | "StandUp"
  | "React"
  | "SetPolicy"
  | "Quick"
  | "EndTurn"
> = {
  MoveInBattle: { ...own, decide: moveRule },
  Attack: { ...own, decide: attackRule },
  Guard: { ...own, decide: guardRule },
  Delay: { ...own, decide: delayRule },
  Dash: { ...own, decide: dashRule },
  Dodge: { ...own, decide: dodgeRule },
  Slip: { ...own, decide: slipRule },
  Help: { ...own, decide: helpRule },
  Bandage: { ...own, decide: bandageRule },
  OpenDoor: { ...own, decide: openDoorRule },
  StandUp: { ...own, decide: standUpRule },
  EndTurn: { ...own, decide: endTurnRule },
  React: { who: "own", modes: ["battle"], decide: reactRule, relies: (event) => event.type.startsWith("Prompt") },
  SetPolicy: { who: "own", modes: "any", decide: setPolicyRule, relies: nothing },
  Quick: { who: "own", modes: "any", decide: quickRule, relies: nothing },
};

function nothing(): boolean {
  return false;
}

function endTurnRule(play: Play, { character }: IntentOf<"EndTurn">): Rejection | undefined {
  finishTurn(play, character, play.state.characters[character]?.missed ? { missed: 0 } : {});
  return undefined;
}
