/** After a won battle: experience, coins, shares. */
import type { LegalList, RuleTable } from "../core/rule.ts";
import type { PlayerIntent } from "../types/command.ts";
import { assignLoot, cannotAssign, cannotClaim, claimLoot, finish } from "./share.ts";

export { beginAftermath, LOOT_MS, shareOf } from "./begin.ts";
export { aftermathFold } from "./fold.ts";

function relies(event: { readonly type: string }): boolean {
  return event.type.startsWith("Loot") || event.type === "AftermathEnded" || event.type === "LeadPassed";
}

export const aftermathRules: RuleTable<"ClaimLoot" | "AssignLoot" | "FinishLoot" | "LootExpired"> = {
  ClaimLoot: {
    who: "own",
    modes: ["aftermath"],
    decide: claimLoot,
    relies: (event, intent) =>
      event.type === "AftermathEnded" ||
      (event.type === "LootGiven" && "item" in event && event.item === intent.item),
  },
  AssignLoot: { who: "leader", modes: ["aftermath"], decide: assignLoot, relies },
  FinishLoot: {
    who: "leader",
    modes: ["aftermath"],
    decide: finish,
    relies: (event) => event.type === "AftermathEnded",
  },
  LootExpired: { who: "system", modes: ["aftermath"], decide: finish },
};

export const aftermathLegal: LegalList = (state, who) => {
  const { aftermath } = state;
  const character = state.characters[who.creature];
  if (!aftermath || state.mode !== "aftermath" || !character || character.seat !== who.seat) return [];
  const claims = aftermath.items.flatMap((stack) =>
    (["need", "greed", "pass"] as const).flatMap((claim): readonly PlayerIntent[] =>
      cannotClaim(state, { character: character.id, item: stack.id, claim })
        ? []
        : [{ type: "ClaimLoot", character: character.id, item: stack.id, claim }]
    )
  );
  if (who.seat === null || !state.seats[who.seat]?.roles.includes("leader")) return claims;
  const places = [...state.party.order, "stash"] as const;
  const assign = aftermath.items.flatMap((stack) =>
    places.flatMap((to): readonly PlayerIntent[] =>
      cannotAssign(state, { item: stack.id, to }) ? [] : [{ type: "AssignLoot", item: stack.id, to }]
    )
  );
  return [...claims, ...assign, { type: "FinishLoot" }];
};
