import { assertEquals } from "@std/assert";
import { drawLevel } from "../world/_scene.ts";
import { groupId } from "../world/ids.ts";
import { printLegend, printLevel } from "./print.ts";

Deno.test("printLevel() draws thin walls, doors and what lies in cells", () => {
  const id = groupId("g_1");
  const level = drawLevel(["aab", "#a#"], {
    doors: {
      "w2,0": { kind: "iron", pass: 2, open: false, dc: 13 },
      "n1,1": { kind: "wood", pass: 1, open: false, dc: 13, secretDc: 15 },
    },
    features: { "0,0": { type: "board" } },
    groups: {
      [id]: {
        id,
        at: [2, 0],
        monsters: [{ monster: "goblin", count: 3 }],
        attitude: "hostile",
        boss: false,
        pattern: "guard",
        xp: 150,
        state: "waiting",
      },
    },
  });
  const [, top, row, middle] = printLevel(level).split("\n").map((line) => line.slice(0, 14).trimEnd());

  assertEquals([top, row, middle], ["·---·---·---·", "|!a   a L g |", "·---·-S-·---·"]);
  assertEquals(printLegend(level).split("\n").at(-1), "2,0 guard hostile 150 XP:  3 goblin");
});
