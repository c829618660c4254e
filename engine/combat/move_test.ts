import { assert, assertEquals } from "@std/assert";
import type { WorldState } from "../types/state.ts";
import { ask, askUntil, c, eventsOf, fighter, n, parseScene, placeOf, playOn } from "./_testing.ts";

const hero = fighter(c("f"));

Deno.test("MoveInBattle pays five feet a step, ten through rubble", () => {
  const state = parseScene(["f.:..", "....g"], {
    party: { f: hero },
    foes: { g: "goblin" },
    change: { g: { surprised: true } },
  });

  const tried = ask(state, { type: "MoveInBattle", character: c("f"), path: [[1, 0], [2, 0]] });

  assertEquals(eventsOf(tried, "CreatureMoved").map((event) => event.cost), [5, 10]);
  assertEquals(tried.state.battle?.on[c("f")]?.budget.movement, 15);
  assertEquals(tried.state.battle?.on[c("f")]?.facing, "east");
});

const REFUSALS = [
  { name: "into a wall", scene: ["f#g"], path: [[1, 0]], code: "move/blocked" },
  { name: "through a foe", scene: ["fg.."], path: [[1, 0], [2, 0]], code: "move/blocked" },
  { name: "across a wall's corner", scene: ["f#g", "..."], path: [[1, 1], [2, 0]], code: "move/blocked" },
  { name: "two squares in a step", scene: ["f..g"], path: [[2, 0]], code: "move/blocked" },
  { name: "onto a friend", scene: ["fm.g"], path: [[1, 0]], code: "move/occupied" },
  {
    name: "farther than its feet",
    scene: ["f.......g"],
    path: [[1, 0], [2, 0], [3, 0], [4, 0], [5, 0], [6, 0], [7, 0]],
    code: "combat/no_movement",
  },
  { name: "nowhere", scene: ["f.g"], path: [], code: "move/no_way" },
  { name: "out of the field", scene: ["f.g"], path: [[-1, 0]], code: "move/blocked" },
] as const;

for (const row of REFUSALS) {
  Deno.test(`decide() rejects a move ${row.name} and nothing is spent`, () => {
    const party = row.scene[0].includes("m") ? { f: hero, m: fighter(c("m")) } : { f: hero };
    const state = parseScene(row.scene, { party, foes: { g: "goblin" } });

    const tried = ask(state, { type: "MoveInBattle", character: c("f"), path: row.path });

    assertEquals(tried.rejection?.code, row.code);
    assertEquals(tried.state, state);
  });
}

Deno.test("one passes a friend at double cost", () => {
  const state = parseScene(["fm.g", "####"], { party: { f: hero, m: fighter(c("m")) }, foes: { g: "goblin" } });

  const tried = ask(state, { type: "MoveInBattle", character: c("f"), path: [[1, 0], [2, 0]] });

  assertEquals(eventsOf(tried, "CreatureMoved").map((event) => event.cost), [10, 5]);
});

Deno.test("leaving a foe's reach draws its attack before the step; slipping away does not", () => {
  const state = parseScene([".fg"], { party: { f: fighter(c("f"), { hp: 60, maxHp: 60 }) }, foes: { g: "goblin" } });

  const tried = ask(state, { type: "MoveInBattle", character: c("f"), path: [[0, 0]] });

  const types = tried.events.map((event) => event.type);
  assert(types.indexOf("AttackRolled") >= 0 && types.indexOf("AttackRolled") < types.indexOf("CreatureMoved"));
  assertEquals(eventsOf(tried, "AttackRolled")[0]?.reaction, true);
  assertEquals(tried.state.battle?.on[n("g")]?.budget.reaction, 0);
  const slipped = ask(state, { type: "Slip", character: c("f") });
  const gone = ask(slipped.state, { type: "MoveInBattle", character: c("f"), path: [[0, 0]] });
  assertEquals(eventsOf(gone, "AttackRolled"), []);
});

Deno.test("a mover who falls to an opportunity attack goes no farther", () => {
  const weak = fighter(c("f"), { hp: 1 });
  const state = parseScene(["..fg", "m..."], { party: { f: weak, m: fighter(c("m")) }, foes: { g: "goblin" } });

  const tried = askUntil(
    state,
    { type: "MoveInBattle", character: c("f"), path: [[1, 0], [0, 0]] },
    (one) => eventsOf(one, "AttackRolled")[0]?.hit === true,
  );

  assertEquals(placeOf(tried.state, c("f")), [2, 0]);
  assertEquals(tried.state.characters[c("f")]?.life, "dying");
  assertEquals(tried.state.battle?.turn, c("m"), "the turn passes on");
});

const careful = fighter(c("f"), { policy: { opportunity: "ask", shield: "ask" } });

Deno.test("policy `ask`: the step waits for the answer, then goes on", () => {
  const state = parseScene(["fg..."], { party: { f: careful }, foes: { g: "zombie" }, order: "gf" });
  const moved = walkAway(state);
  const prompt = moved.state.battle?.prompt;
  assertEquals([prompt?.type, prompt?.creature, prompt?.endsAt], ["opportunity", c("f"), 9_000]);
  assertEquals(placeOf(moved.state, n("g")), [1, 0]);

  const declined = ask(moved.state, { type: "React", character: c("f"), take: false });
  const taken = ask(moved.state, { type: "React", character: c("f"), take: true });

  assertEquals(placeOf(declined.state, n("g")), [3, 0]);
  assertEquals(eventsOf(declined, "AttackRolled"), []);
  assertEquals(eventsOf(taken, "AttackRolled")[0]?.reaction, true);
  assertEquals(taken.state.battle?.on[c("f")]?.budget.reaction, 0);
  assertEquals(ask(taken.state, { type: "React", character: c("f"), take: true }).rejection?.code, "turn/no_prompt");
});

Deno.test("PromptExpired takes the free reaction, but not before its time", () => {
  const moved = walkAway(parseScene(["fg..."], { party: { f: careful }, foes: { g: "zombie" }, order: "gf" }));

  const early = ask(moved.state, { type: "PromptExpired", creature: c("f") }, { at: 8_999 });
  const late = ask(moved.state, { type: "PromptExpired", creature: c("f") }, { at: 9_000 });

  assertEquals(early.rejection?.code, "turn/no_prompt");
  assertEquals(eventsOf(late, "PromptAnswered").map((event) => [event.take, event.by]), [[true, "clock"]]);
  assertEquals(eventsOf(late, "AttackRolled").length, 1);
});

/** The zombie walks away from the fighter, as the AI would have it. */
function walkAway(state: WorldState) {
  const play = playOn(state);
  assertEquals(play.perform({ type: "MoveInBattle", character: n("g"), path: [[2, 0], [3, 0]] }), undefined);
  return { state: play.state, events: play.events };
}

Deno.test("a guard strikes the first foe that comes within reach, once", () => {
  const guard = fighter(c("m"), { hp: 60, maxHp: 60 });
  const state = parseScene(["m..g"], { party: { m: guard }, foes: { g: "zombie" } });
  const guarding = ask(state, { type: "Guard", character: c("m") });
  const ended = ask(guarding.state, { type: "EndTurn", character: c("m") });
  const play = playOn(ended.state);

  play.perform({ type: "MoveInBattle", character: n("g"), path: [[2, 0], [1, 0]] });

  const struck = play.events.findIndex((event) => event.type === "AttackRolled");
  const moved = play.events.map((event) => event.type).lastIndexOf("CreatureMoved");
  assert(struck > moved);
  assertEquals(play.state.battle?.on[c("m")]?.guarding, false);
  assertEquals(play.state.battle?.on[c("m")]?.budget.reaction, 0);
});

Deno.test("a walk stops where a new foe comes into view", () => {
  const state = parseScene(["f....", "###.#", "###g#"], { party: { f: hero }, foes: { g: "goblin" } });

  const tried = ask(state, { type: "MoveInBattle", character: c("f"), path: [[1, 0], [2, 0], [3, 0], [4, 0]] });

  const at = placeOf(tried.state, c("f"));
  assert(at && at[0] < 4, "stopped before the end");
});

Deno.test("ending a walk on a way out leaves the battle; when nobody is left the party is where it last was safe", () => {
  const state = parseScene([">f..g"], { party: { f: hero }, foes: { g: "zombie" } });

  const tried = ask(state, { type: "MoveInBattle", character: c("f"), path: [[0, 0]] });

  assertEquals(eventsOf(tried, "CreatureLeftField").map((event) => event.creature), [c("f")]);
  assertEquals(eventsOf(tried, "CombatEnded").map((event) => event.outcome), ["escaped"]);
  assertEquals([tried.state.mode, tried.state.party.at], ["explore", [2, 2]]);
  assertEquals(tried.state.characters[c("f")]?.life, "up");
  assertEquals(tried.state.levels["l_1" as never]?.groups["g_1" as never]?.state, "waiting");
});
