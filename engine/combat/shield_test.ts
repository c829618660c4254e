import { assert, assertEquals } from "@std/assert";
import type { Character } from "../types/creature.ts";
import { ask, c, eventsOf, fighter, n, parseScene, playOn } from "./_testing.ts";

function mage(change: Partial<Character> = {}): Character {
  return fighter(c("f"), {
    hp: 40,
    maxHp: 40,
    slots: [2],
    spells: ["shield"],
    prepared: ["shield"],
    worn: {},
    ...change,
  });
}

/** The goblin attacks until its roll would be turned aside by a shield; answers the play just after. */
function nearHit(one: Character) {
  for (let seed = 0; seed < 400; seed++) {
    const play = playOn(parseScene(["fg"], { party: { f: one }, foes: { g: "goblin" }, order: "gf" }), String(seed));
    play.perform({ type: "Attack", character: n("g"), target: c("f") });
    const rolled = play.events.find((event) => event.type === "AttackRolled");
    if (rolled?.type === "AttackRolled" && rolled.hit && !rolled.critical && rolled.roll.total < rolled.vs + 5) {
      return play;
    }
  }
  throw new RangeError("Cannot find a seed as one in 400 must nearly hit");
}

Deno.test("policy `ask` holds the hit until the shield is answered", () => {
  const play = nearHit(mage());
  const prompt = play.state.battle?.prompt;
  assertEquals([prompt?.type, prompt?.creature], ["shield", c("f")]);
  assertEquals(play.state.characters[c("f")]?.hp, 40);

  const taken = ask(play.state, { type: "React", character: c("f"), take: true });
  const declined = ask(play.state, { type: "React", character: c("f"), take: false });

  assertEquals(taken.state.characters[c("f")]?.hp, 40);
  assertEquals(taken.state.characters[c("f")]?.slots, [1]);
  assertEquals(taken.state.battle?.on[c("f")]?.budget.reaction, 0);
  assertEquals(eventsOf(taken, "AttackRolled").map((event) => [event.hit, event.why]), [[false, ["-shield"]]]);
  assert((declined.state.characters[c("f")]?.hp ?? 40) < 40);
  assertEquals(declined.state.characters[c("f")]?.slots, [2]);
});

Deno.test("policy `always` raises the shield at once, `never` takes the blow", () => {
  const always = nearHit(mage({ policy: { opportunity: "always", shield: "always" } }));
  const never = nearHit(mage({ policy: { opportunity: "always", shield: "never" } }));

  assertEquals([always.state.characters[c("f")]?.hp, always.state.characters[c("f")]?.slots], [40, [1]]);
  assertEquals(always.state.battle?.prompt, null);
  assert((never.state.characters[c("f")]?.hp ?? 40) < 40);
});

Deno.test("nobody is asked without a slot, without the spell or without a reaction", () => {
  for (const change of [{ slots: [0] }, { prepared: [] }] as const) {
    assertEquals(nearHit(mage(change)).state.battle?.prompt, null);
  }
});

Deno.test("while a question is open only its answer is heard", () => {
  const play = nearHit(mage());

  assertEquals(ask(play.state, { type: "AiTurn", creature: n("g"), round: 1 }).rejection?.code, "turn/prompt_open");
  assertEquals(ask(play.state, { type: "EndTurn", character: c("f") }).rejection?.code, "turn/prompt_open");
});
