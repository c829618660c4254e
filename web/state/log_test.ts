import { assertEquals } from "@std/assert";
import { type Names, rollText, tell } from "./log.ts";

const names: Names = { of: String, weapon: String, ours: (id) => id === "c_a" };

Deno.test("rollText() shows every die, the one that counted first, and what was added", () => {
  assertEquals(rollText({ dice: "1d20", rolls: [14], bonus: 5, total: 19 }), "d20 14 + 5 = 19");
  assertEquals(rollText({ dice: "2d6", rolls: [2, 5], bonus: -1, total: 6 }), "2d6 2 + 5 - 1 = 6");
  assertEquals(
    rollText({ dice: "1d20", rolls: [3, 17], kept: 17, bonus: 0, total: 17, mode: "advantage" }),
    "d20 17 (3, 17) = 17 roll-advantage",
  );
});

Deno.test("tell() cheers for the party's hits, mourns the foes', and passes over what shows on the screen anyway", () => {
  const attack = { type: "AttackRolled", by: "c_a", target: "n_b", with: "i_1", vs: 15, roll: { rolls: [9] } };

  assertEquals(tell({ ...attack, hit: true }, names)?.kind, "good");
  assertEquals(tell({ ...attack, hit: false }, names)?.kind, "bad");
  assertEquals(tell({ ...attack, hit: true, by: "n_b", target: "c_a" }, names)?.kind, "bad");
  assertEquals(tell({ type: "BudgetSpent" }, names), undefined);
  assertEquals(tell({ type: "constructor" }, names), undefined);
});
