import { assert, assertEquals } from "@std/assert";
import { ask, askUntil, c, eventsOf, fighter, n, parseScene, playOn, SEAT } from "./_testing.ts";
import { combatDue } from "./clock.ts";
import { finishTurn } from "./turn.ts";

const hero = fighter(c("f"));
const mate = fighter(c("m"));

Deno.test("EndTurn hands on in order and opens a new round after the last", () => {
  const state = parseScene(["f.m..."], { party: { f: hero, m: mate }, foes: {}, order: "fm" });
  const withFoe = parseScene(["f.m..g"], { party: { f: hero, m: mate }, foes: { g: "zombie" }, order: "fmg" });
  assertEquals(state.battle?.order.length, 2);

  const one = ask(withFoe, { type: "EndTurn", character: c("f") });
  const two = ask(one.state, { type: "EndTurn", character: c("m") });

  assertEquals(one.state.battle?.turn, c("m"));
  assertEquals([two.state.battle?.turn, two.state.battle?.round], [n("g"), 1]);
  const play = playOn(two.state);
  finishTurn(play, n("g"));
  assertEquals([play.state.battle?.turn, play.state.battle?.round], [c("f"), 2]);
  assertEquals(play.state.clock, withFoe.clock + 6);
  assertEquals(play.state.battle?.on[c("f")]?.budget, {
    movement: 30,
    action: 1,
    bonusAction: 1,
    reaction: 1,
    attacks: 0,
    freeHand: 1,
  });
});

Deno.test("nobody acts out of turn", () => {
  const state = parseScene(["f.m..g"], { party: { f: hero, m: mate }, foes: { g: "zombie" } });

  assertEquals(ask(state, { type: "EndTurn", character: c("m") }).rejection?.code, "turn/not_yours");
  assertEquals(ask(state, { type: "Dash", character: c("m") }).rejection?.code, "turn/not_yours");
  assertEquals(ask(state, { type: "AiTurn", creature: n("g"), round: 1 }).rejection?.code, "turn/over");
  assertEquals(ask(state, { type: "AiTurn", creature: c("f"), round: 1 }).rejection?.code, "turn/not_yours");
});

Deno.test("the surprised lose their first turn and may react after it", () => {
  const state = parseScene(["f.m..g"], {
    party: { f: hero, m: mate },
    foes: { g: "zombie" },
    order: "fgm",
    change: {
      g: { surprised: true, budget: { movement: 0, action: 0, bonusAction: 0, reaction: 0, attacks: 0, freeHand: 0 } },
    },
  });

  const tried = ask(state, { type: "EndTurn", character: c("f") });

  assertEquals(tried.state.battle?.turn, c("m"));
  assertEquals(eventsOf(tried, "TurnStarted").map((event) => event.budget.action), [0, 1]);
  assertEquals(tried.state.battle?.on[n("g")]?.surprised, false);
  assertEquals(tried.state.battle?.on[n("g")]?.budget.reaction, 1);
});

Deno.test("Delay takes a later place for good, and only an unspent turn can be delayed", () => {
  const state = parseScene(["f.m..g"], { party: { f: hero, m: mate }, foes: { g: "zombie" }, order: "fmg" });

  const tried = ask(state, { type: "Delay", character: c("f"), after: c("m") });

  assertEquals(tried.state.battle?.order, [c("m"), c("f"), n("g")]);
  assertEquals(tried.state.battle?.turn, c("m"));
  assertEquals(ask(tried.state, { type: "EndTurn", character: c("m") }).state.battle?.turn, c("f"));
  assertEquals(ask(state, { type: "Delay", character: c("f"), after: c("f") }).rejection?.code, "combat/bad_target");
  const moved = ask(state, { type: "MoveInBattle", character: c("f"), path: [[1, 0]] });
  assertEquals(
    ask(moved.state, { type: "Delay", character: c("f"), after: c("m") }).rejection?.code,
    "combat/already_acted",
  );
});

Deno.test("the dying roll a death save at their turn and the turn passes on", () => {
  const fallen = fighter(c("m"), { life: "dying", hp: 0 });
  const state = parseScene(["f.m..g"], { party: { f: hero, m: fallen }, foes: { g: "zombie" }, order: "fmg" });

  const tried = askUntil(state, { type: "EndTurn", character: c("f") }, (one) => {
    const die = eventsOf(one, "DeathSaveRolled")[0]?.roll.rolls[0] ?? 20;
    return die >= 10 && die < 20;
  });

  assertEquals(tried.state.characters[c("m")]?.deathSaves, { successes: 1, failures: 0 });
  assertEquals(tried.state.battle?.turn, n("g"));
});

Deno.test("a 20 on a death save wakes with 1 hit point, in time to act", () => {
  const fallen = fighter(c("m"), { life: "dying", hp: 0 });
  const state = parseScene(["f.m..g"], { party: { f: hero, m: fallen }, foes: { g: "zombie" }, order: "fmg" });

  const tried = askUntil(
    state,
    { type: "EndTurn", character: c("f") },
    (one) => eventsOf(one, "DeathSaveRolled")[0]?.roll.rolls[0] === 20,
  );

  assertEquals(tried.state.battle?.turn, c("m"));
  assertEquals([tried.state.characters[c("m")]?.life, tried.state.characters[c("m")]?.hp], ["up", 1]);
});

const scene = ["f.m..g"];

Deno.test("turn clocks: normal gives 45 s and the seat's bank, brisk 20 s, relaxed none", () => {
  const ends = (["normal", "brisk", "relaxed"] as const).map((clock) => {
    const state = parseScene(scene, { party: { f: hero, m: mate }, foes: { g: "zombie" }, clock });
    const battle = state.battle;
    assert(battle);
    const banked = { ...state, battle: { ...battle, banks: clock === "normal" ? { [SEAT]: 90_000 } : {} } };
    const play = playOn(banked);
    finishTurn(play, c("f"));
    return play.state.battle?.endsAt;
  });

  assertEquals(ends, [1_000 + 135_000, 1_000 + 20_000, null]);
});

Deno.test("time over the turn's own is taken from the bank", () => {
  const start = parseScene(scene, { party: { f: hero, m: mate }, foes: { g: "zombie" }, clock: "normal" });
  const battle = start.battle;
  assert(battle);
  const state = { ...start, battle: { ...battle, banks: { [SEAT]: 90_000 }, endsAt: 1_000 + 135_000 } };

  const quickly = ask(state, { type: "EndTurn", character: c("f") }, { at: 1_000 + 45_000 });
  const slowly = ask(state, { type: "EndTurn", character: c("f") }, { at: 1_000 + 65_000 });

  assertEquals(quickly.state.battle?.banks[SEAT], 90_000);
  assertEquals(slowly.state.battle?.banks[SEAT], 70_000);
});

Deno.test("combatDue() names the AI's turn now, a player's when the clock runs out, a prompt first", () => {
  const state = parseScene(scene, { party: { f: hero, m: mate }, foes: { g: "zombie" }, clock: "brisk", order: "gfm" });
  assertEquals(combatDue(state), { at: state.at, intent: { type: "AiTurn", creature: n("g"), round: 1 } });

  const play = playOn(state);
  finishTurn(play, n("g"));

  assertEquals(combatDue(play.state), { at: 21_000, intent: { type: "TurnExpired", creature: c("f"), round: 1 } });
  const quick = { ...play.state, characters: { ...play.state.characters, [c("f")]: { ...hero, quick: true } } };
  assertEquals(combatDue(quick)?.intent.type, "AiTurn");
  const battle = play.state.battle;
  assert(battle);
  const prompt = { type: "opportunity", creature: c("m"), mover: n("g"), path: [], asked: [], endsAt: 7 } as const;
  assertEquals(combatDue({ ...play.state, battle: { ...battle, prompt } })?.intent.type, "PromptExpired");
});

Deno.test("TurnExpired plays one turn; after two in a row the AI keeps the character until reclaimed", () => {
  const strong = fighter(c("f"), { hp: 200, maxHp: 200 });
  const start = parseScene(["f....g"], {
    party: { f: strong },
    foes: { g: "ogre" },
    clock: "brisk",
    order: "fg",
    hurt: { g: { hp: 500, maxHp: 500 } },
  });
  const battle = start.battle;
  assert(battle);
  let state = { ...start, battle: { ...battle, endsAt: 5_000 } };
  assertEquals(
    ask(state, { type: "TurnExpired", creature: c("f"), round: 1 }, { at: 4_999 }).rejection?.code,
    "turn/over",
  );

  const once = ask(state, { type: "TurnExpired", creature: c("f"), round: 1 }, { at: 5_000 });
  assertEquals([once.state.characters[c("f")]?.missed, once.state.characters[c("f")]?.quick], [1, false]);
  const foe = ask(once.state, { type: "AiTurn", creature: n("g"), round: 1 }, { at: 6_000 });
  state = foe.state as typeof state;
  const twice = ask(state, { type: "TurnExpired", creature: c("f"), round: 2 }, { at: 60_000 });

  assertEquals(twice.state.characters[c("f")]?.quick, true);
  assertEquals(eventsOf(twice, "QuickSet").map((event) => event.by), ["clock"]);
  assertEquals(twice.state.characters[c("f")]?.quickBy, "clock");
  const back = ask(twice.state, { type: "Quick", character: c("f"), on: false }, { at: 61_000 });
  assertEquals([back.state.characters[c("f")]?.quick, back.state.characters[c("f")]?.missed], [false, 0]);
  assertEquals("quickBy" in (back.state.characters[c("f")] ?? {}), false);
});

for (const quickBy of ["clock", "absence"] as const) {
  Deno.test(`what a player does takes back a character whom ${quickBy} put on Quick, before the act itself`, () => {
    const state = parseScene(scene, {
      party: { f: fighter(c("f"), { quick: true, quickBy, missed: 2 }), m: mate },
      foes: { g: "zombie" },
      clock: "brisk",
    });

    const act = ask(state, { type: "Dodge", character: c("f") }, { at: 3_000 });

    assertEquals(act.events[0], { type: "QuickSet", creature: c("f"), on: false, by: "player", endsAt: 23_000 });
    assertEquals([act.state.characters[c("f")]?.quick, act.state.characters[c("f")]?.missed], [false, 0]);
    assertEquals(act.state.battle?.on[c("f")]?.dodging, true);
    assertEquals(combatDue(act.state)?.intent.type, "TurnExpired");
  });

  Deno.test(`a character whom ${quickBy} put on Quick stays there while its player is refused, or acts with another`, () => {
    const gone = fighter(c("m"), { quick: true, quickBy });
    const state = parseScene(scene, { party: { f: hero, m: gone }, foes: { g: "zombie" } });

    const refused = ask(state, { type: "Dodge", character: c("m") });
    const other = ask(state, { type: "Dodge", character: c("f") });
    const policy = ask(state, { type: "SetPolicy", character: c("m"), kind: "opportunity", policy: "never" });

    assertEquals([refused.rejection?.code, refused.events], ["turn/not_yours", []]);
    assertEquals(other.state.characters[c("m")]?.quickBy, quickBy);
    assertEquals(policy.events.map(({ type }) => type), ["QuickSet", "PolicySet"]);
  });
}

Deno.test("a character whom its player put on Quick stays there whatever is done with it", () => {
  const state = parseScene(scene, { party: { f: hero, m: mate }, foes: { g: "zombie" } });
  const quick = ask(state, { type: "Quick", character: c("f"), on: true });

  const policy = ask(quick.state, { type: "SetPolicy", character: c("f"), kind: "opportunity", policy: "never" });

  assertEquals(eventsOf(quick, "QuickSet").map((event) => event.by), ["player"]);
  assertEquals(policy.events.map(({ type }) => type), ["PolicySet"]);
  assertEquals(policy.state.characters[c("f")]?.quickBy, "player");
});

Deno.test("the server hands a character over for absence, and never counts as its player", () => {
  const state = parseScene(scene, { party: { f: hero, m: mate }, foes: { g: "zombie" }, order: "fgm" });

  const quick = ask(state, { type: "Quick", character: c("f"), on: true }, { system: true });
  const turn = ask(quick.state, { type: "AiTurn", creature: c("f"), round: 1 });

  assertEquals(eventsOf(quick, "QuickSet").map((event) => event.by), ["absence"]);
  assertEquals(turn.state.characters[c("f")]?.quickBy, "absence");
});

Deno.test("a turn ended by its player starts the count of missed turns anew", () => {
  const state = parseScene(scene, { party: { f: fighter(c("f"), { missed: 1 }), m: mate }, foes: { g: "zombie" } });

  assertEquals(ask(state, { type: "EndTurn", character: c("f") }).state.characters[c("f")]?.missed, 0);
});

Deno.test("Quick hands the running turn to the AI, and taking it back starts the clock", () => {
  const start = parseScene(scene, { party: { f: hero, m: mate }, foes: { g: "zombie" }, clock: "brisk" });

  const quick = ask(start, { type: "Quick", character: c("f"), on: true });
  const back = ask(quick.state, { type: "Quick", character: c("f"), on: false }, { at: 3_000 });

  assertEquals(combatDue(quick.state)?.intent, { type: "AiTurn", creature: c("f"), round: 1 });
  assertEquals(back.state.battle?.endsAt, 23_000);
});
