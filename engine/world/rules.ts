import type { RuleTable } from "../core/rule.ts";
import { interact } from "./interact.ts";
import { light } from "./light.ts";
import { step, turn } from "./move.ts";
import { search } from "./search.ts";
import { travel } from "./travel.ts";

/** What an explore command leans on: the place, the doors and the mode; talk, joining and gear do not matter to it. */
const MOVES: ReadonlySet<string> = new Set([
  "PartyMoved",
  "PartyTurned",
  "LevelEntered",
  "DoorChanged",
  "EncounterMet",
  "LeadPassed",
  "CampMade",
]);

function relies(event: { readonly type: string }): boolean {
  return MOVES.has(event.type);
}

export const worldRules: RuleTable<"Step" | "Turn" | "Interact" | "Search" | "Travel" | "Light"> = {
  Step: { who: "leader", modes: ["explore"], decide: step, relies },
  Turn: { who: "leader", modes: ["explore"], decide: turn, relies },
  Interact: { who: "leader", modes: ["explore"], decide: interact, relies },
  Search: { who: "leader", modes: ["explore"], decide: search, relies },
  Travel: { who: "leader", modes: ["explore"], decide: travel, relies },
  Light: {
    who: "own",
    modes: ["explore"],
    decide: light,
    relies: (event) => event.type === "LightLit" || event.type === "EncounterMet",
  },
};
