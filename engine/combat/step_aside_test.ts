import { assertEquals } from "@std/assert";
import { withCombatant, withCreature } from "../core/fold.ts";
import { c, fighter, parseScene, placeOf, playOn } from "./_testing.ts";
import { stepAside } from "./step_aside.ts";

function shared() {
  const party = { f: fighter(c("f")), m: fighter(c("m")) };
  const state = parseScene(["#.#..", "fm..g"], { party, foes: { g: "goblin" } });
  return withCombatant(state, c("f"), { at: placeOf(state, c("m")) ?? [1, 1] });
}

Deno.test("stepAside() moves the fallen, not the friend it fell upon, to the nearest free square", () => {
  const play = playOn(withCreature(shared(), c("f"), { hp: 0, life: "dying" }));

  stepAside(play);

  assertEquals(placeOf(play.state, c("m")), [1, 1]);
  assertEquals(play.events.map((event) => event.type === "CreatureMoved" && event.creature), [c("f")]);
  const [x = 9, y = 9] = placeOf(play.state, c("f")) ?? [];
  assertEquals(Math.max(Math.abs(x - 1), Math.abs(y - 1)), 1);
});

Deno.test("stepAside() leaves everybody who has a square of their own", () => {
  const play = playOn(
    parseScene(["fm..g"], { party: { f: fighter(c("f")), m: fighter(c("m")) }, foes: { g: "goblin" } }),
  );

  stepAside(play);

  assertEquals(play.events, []);
});
