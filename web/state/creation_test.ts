import { assertEquals } from "@std/assert";
import { CLASS_RECORDS } from "../../engine/content/classes.ts";
import {
  arrange,
  arrangePoints,
  assignment,
  type Draft,
  faultsOf,
  pointsSpent,
  STANDARD,
  swapScore,
} from "./creation.ts";

const mage = CLASS_RECORDS.find((one) => one.id === "mage");
const draft: Draft = {
  name: "Ada",
  class: "mage",
  lineage: "elf",
  background: "scholar",
  method: "standard",
  set: 0,
  scores: arrange(STANDARD, mage),
  skills: [],
  icon: "person",
  colours: ["#000000", "#ffffff"],
};

Deno.test("arrange() puts the best score where the class needs it, and assignment() reads it back", () => {
  assertEquals(draft.scores.int, 15);
  assertEquals(assignment(draft.scores)[0], "int");
});

Deno.test("arrangePoints() spends no more than the points there are, for every class", () => {
  for (const one of CLASS_RECORDS) assertEquals(pointsSpent(arrangePoints(one)) <= 27, true);
});

Deno.test("swapScore() changes places and never makes a value appear twice", () => {
  const swapped = swapScore(draft.scores, "str", 15);

  assertEquals(swapped.str, 15);
  assertEquals(Object.values(swapped).toSorted(), Object.values(draft.scores).toSorted());
});

Deno.test("faultsOf() lists all faults at once", () => {
  assertEquals(faultsOf(draft, [], 2), []);
  assertEquals(faultsOf({ ...draft, name: " ", method: "roll" }, [], 2), ["fault-no-name", "fault-not-rolled"]);
  assertEquals(
    faultsOf({ ...draft, method: "pointbuy", scores: { str: 15, dex: 15, con: 15, int: 15, wis: 8, cha: 8 } }, [], 2),
    ["fault-points"],
  );
});
