import { assertEquals } from "@std/assert";
import { rngAt } from "../core/rng.ts";
import { levelId } from "../world/ids.ts";
import { fallbackDraft } from "./fallback.ts";
import { populate } from "./populate.ts";
import { validateLevel } from "./validate/mod.ts";
import type { Theme } from "../types/names.ts";

const THEMES: readonly Theme[] = ["keep", "crypt", "ruin", "temple", "sewer", "cave"];

Deno.test("fallbackDraft() makes a valid level for every theme, depth and difficulty within a few fillings", () => {
  for (const theme of THEMES) {
    for (const depth of [1, 2]) {
      for (const difficulty of ["story", "normal", "hard"] as const) {
        const strength = { partySize: 4, partyLevel: depth, difficulty };
        const clean = [0, 1, 2, 3, 4, 5, 6, 7].some((roll) => {
          const level = populate(
            rngAt("5".repeat(32), `fallback/${theme}/${depth}/${difficulty}/${roll}`),
            fallbackDraft(),
            {
              ...strength,
              id: levelId(`l_${depth}`),
              depth,
              theme,
              ...(depth === 1 ? { down: { level: levelId("l_2"), at: [7, 14] as const } } : {}),
              taken: new Set<string>(),
              roll,
            },
          );
          return validateLevel(level, strength).length === 0;
        });
        assertEquals(clean, true, `${theme} ${depth} ${difficulty}`);
      }
    }
  }
});
