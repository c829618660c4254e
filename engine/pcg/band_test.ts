import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { monster } from "../content/mod.ts";
import { rngAt } from "../core/rng.ts";
import { type Theme, THEMES } from "../types/names.ts";
import { compose, countMax } from "./band.ts";
import { areaBudget, budgetOf } from "./budget.ts";

const PARTY = { partySize: 4, partyLevel: 1, difficulty: "normal" } as const;

Deno.test("budgetOf() follows the SRD 5.2.1 table by party size and difficulty", () => {
  assertEquals(budgetOf("low", PARTY), 200);
  assertEquals(budgetOf("high", { ...PARTY, partyLevel: 3 }), 1_600);
  assertEquals(budgetOf("moderate", { ...PARTY, difficulty: "hard" }), 375);
  assertThrows(() => budgetOf("low", { ...PARTY, partyLevel: 11 }), RangeError);
  assertEquals(areaBudget(PARTY), 850 + 495 + 328);
});

Deno.test("compose() never exceeds its target, the party's level or twice its number", () => {
  const themes = THEMES.filter((theme): theme is Theme => theme !== "wood" && theme !== "town");
  fc.assert(
    fc.property(
      fc.constantFrom(...themes),
      fc.integer({ min: 100, max: 1_600 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 1_000 }),
      (theme, target, partyLevel, boss, roll) => {
        const input = { ...PARTY, partyLevel, theme, target, boss };
        const band = compose(rngAt("0".repeat(32), `band/${roll}`).dice(), input);
        const xp = band.monsters.reduce((sum, one) => sum + monster(one.monster).xp * one.count, 0);

        assertEquals(band.xp, xp);
        assert(band.xp <= target && band.xp > 0);
        for (const one of band.monsters) {
          assert(one.count >= 1 && one.count <= countMax(monster(one.monster), input));
          assert(monster(one.monster).challenge <= partyLevel * 8);
          assert(monster(one.monster).themes.includes(theme));
        }
      },
    ),
    { numRuns: 200 },
  );
});

Deno.test("compose() refuses a target below the weakest of the theme", () => {
  assertThrows(() => compose(rngAt("0".repeat(32), "x").dice(), { ...PARTY, theme: "keep", target: 5 }), RangeError);
});
