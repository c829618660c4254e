/** Encounters: meeting groups and the menu before every fight. */
import type { LegalList, RuleTable } from "../core/rule.ts";
import type { PlayerIntent } from "../types/command.ts";
import { choiceFault, chooseEncounter, encounterExpired, startCombat } from "./choose.ts";

export { encounterFold } from "./fold.ts";
export { meetGroup } from "./meet.ts";
export { spotGroups } from "./spot.ts";
export { callWanderers, checkWanderers } from "./wander.ts";

function relies(event: { readonly type: string }): boolean {
  return event.type.startsWith("Encounter") || event.type === "LeadPassed";
}

export const encounterRules: RuleTable<"ChooseEncounter" | "StartCombat" | "EncounterExpired"> = {
  ChooseEncounter: { who: "leader", modes: ["encounter"], decide: chooseEncounter, relies },
  StartCombat: { who: "leader", modes: ["encounter"], decide: startCombat, relies },
  EncounterExpired: { who: "system", modes: ["encounter"], decide: encounterExpired },
};

/** The choices open to the leader now. */
export const encounterLegal: LegalList = (state, who) => {
  if (state.mode !== "encounter" || who.seat === null || !state.seats[who.seat]?.roles.includes("leader")) return [];
  return (["combat", "wait", "flee", "advance"] as const).flatMap((choice): readonly PlayerIntent[] =>
    choiceFault(state, choice) ? [] : [{ type: "ChooseEncounter", choice }]
  );
};
