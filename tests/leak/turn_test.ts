import { assert, assertEquals } from "@std/assert";
import { c, fighter, n, parseScene } from "../../engine/combat/_testing.ts";
import { commandRng, step } from "../../engine/mod.ts";
import { viewParty } from "../../engine/view/view.ts";
import { SEAT, seedOf } from "../kit/engine_world.ts";

Deno.test("whose turn it is shows nobody unseen: neither in the view nor in a refusal", () => {
  const foes = { g: "goblin" } as const;
  const party = { f: fighter(c("f")) };
  for (const hidden of [false, true]) {
    const state = parseScene(["f....g"], { party, foes, order: "gf", change: { g: { hidden } } });
    const combat = viewParty(state).combat;
    const asked = { by: { type: "seat", seat: state.characters[c("f")]?.seat ?? SEAT }, at: 1_000 } as const;
    const refused = step(
      state,
      { ...asked, intent: { type: "EndTurn", character: c("f") } },
      commandRng(seedOf(1), 1, 1),
    );

    assert(combat !== null && !refused.ok);
    assertEquals(combat.turn, hidden ? null : n("g"));
    assertEquals([refused.rejection.code, refused.rejection.details?.["turn"]], [
      "turn/not_yours",
      hidden ? undefined : n("g"),
    ]);
    assertEquals(JSON.stringify([combat, refused]).includes(n("g")), !hidden);
  }
});
