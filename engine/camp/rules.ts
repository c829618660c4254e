/** Making and breaking camp, and the order of march. */
import type { Play } from "../core/play.ts";
import { type IntentOf, reject, type RuleTable } from "../core/rule.ts";
import { sendHomeUnseated } from "../seats/home.ts";
import type { Rejection } from "../types/rejection.ts";
import { cannotMakeCamp } from "./legal.ts";
import { spendHitDice } from "./hit_dice.ts";
import { levelUp } from "./level_up.ts";
import { prepareSpells } from "./prepare.ts";
import { rest } from "./rest.ts";

function makeCamp(play: Play): Rejection | undefined {
  const refused = cannotMakeCamp(play.state);
  if (refused) return refused;
  play.emit({ type: "CampMade" });
  return undefined;
}

function setOrder(play: Play, intent: IntentOf<"SetOrder">): Rejection | undefined {
  const now = [...play.state.party.order].sort();
  const wanted = [...intent.order].sort();
  if (now.length !== wanted.length || now.some((id, index) => wanted[index] !== id)) {
    return reject("character/unknown", { order: [...play.state.party.order] });
  }
  play.emit({ type: "OrderSet", order: intent.order });
  return undefined;
}

function breakCamp(play: Play): undefined {
  play.emit({ type: "CampBroken" });
  sendHomeUnseated(play);
  return undefined;
}

function relies(event: { readonly type: string }): boolean {
  return /^(Camp|Rest|Encounter|Combat|Item|Level|LeadPassed|PartyMoved|LifeChanged|Character)/.test(event.type);
}

export const campRules: RuleTable<
  "MakeCamp" | "Rest" | "SpendHitDice" | "PrepareSpells" | "SetOrder" | "BreakCamp" | "LevelUp"
> = {
  MakeCamp: { who: "leader", modes: ["explore"], decide: makeCamp, relies },
  Rest: { who: "leader", modes: ["camp"], decide: rest, relies },
  SpendHitDice: { who: "own", modes: ["camp"], decide: spendHitDice, relies },
  PrepareSpells: { who: "own", modes: ["camp"], decide: prepareSpells, relies },
  SetOrder: { who: "leader", modes: ["explore", "camp"], decide: setOrder, relies },
  BreakCamp: { who: "leader", modes: ["camp"], decide: breakCamp, relies },
  LevelUp: { who: "own", modes: ["camp"], decide: levelUp, relies },
};
