import { assert, assertEquals } from "@std/assert";
import type { QuestStep, WorldState } from "../types/state.ts";
import { legalForSeat } from "../legal.ts";
import { act, ask, codeOf, drawLevel, sceneOn, SEAT } from "../world/_scene.ts";
import { groupId, itemId, levelId, questId } from "../world/ids.ts";

const QUEST = questId("q_1");
const LEVEL = levelId("l_1");
const REPORT: QuestStep = { verb: "report", target: { type: "board" }, text: "Report", done: false };

function scene(step: QuestStep, size = 2): WorldState {
  const group = {
    id: groupId("g_1"),
    at: [7, 7],
    monsters: [{ monster: "goblin", count: 1 }],
    attitude: "hostile",
    boss: true,
    pattern: "boss",
    xp: 50,
    state: "waiting",
  } as const;
  const level = drawLevel(["aaa"], { features: { "0,0": { type: "board" } }, groups: { [group.id]: group } });
  const quest = {
    id: QUEST,
    title: "Task",
    text: "Do it",
    giver: "Clerk",
    steps: [step, REPORT],
    reward: { coins: 500, xp: 40 },
    state: "offered",
  } as const;
  return { ...sceneOn(level, size), quests: { [QUEST]: quest } };
}

const GO: QuestStep = { verb: "go", target: { type: "cell", level: LEVEL, at: [1, 0] }, text: "Go", done: false };
const START = { type: "StartQuest", quest: QUEST } as const;
const DONE = { type: "CompleteQuest", quest: QUEST } as const;
const BACK = [{ type: "Turn", to: "about" }, { type: "Step" }] as const;

Deno.test("a commission is taken at the board and nowhere else", () => {
  assertEquals(codeOf(ask(act(scene(GO), { type: "Step" }), START)), "quest/not_here");
  assertEquals(act(scene(GO), START).quests[QUEST]?.state, "active");
  assertEquals(codeOf(ask(act(scene(GO), START), START)), "quest/not_offered");
  assertEquals(codeOf(ask(scene(GO), { ...START, quest: questId("q_9") })), "quest/unknown");
});

Deno.test("a step is done by being there, and the reward is paid once at the board", () => {
  const there = act(scene(GO), START, { type: "Step" });
  const paid = act(there, ...BACK, DONE);

  assertEquals(there.quests[QUEST]?.state, "done");
  assertEquals(codeOf(ask(there, DONE)), "quest/not_here");
  assertEquals(paid.quests[QUEST]?.state, "paid");
  assertEquals(paid.party.purse, 500);
  assertEquals(Object.values(paid.characters).map((one) => one.xp), [40, 40]);
  assertEquals(codeOf(ask(paid, DONE)), "quest/paid");
});

Deno.test("reporting an unfinished commission is refused with what is open", () => {
  const outcome = ask(act(scene(GO), START), DONE);

  assert(!outcome.ok);
  assertEquals(outcome.rejection, { code: "quest/not_done", details: { open: 1 } });
});

Deno.test("deeds done before the commission was taken are credited", () => {
  const early = act(scene(GO), { type: "Step" }, ...BACK, START);

  assertEquals(early.quests[QUEST]?.state, "done");
});

Deno.test("a killing is done when the group is resolved", () => {
  const kill: QuestStep = { verb: "kill", target: { type: "group", id: groupId("g_1") }, text: "Kill", done: false };
  const state = scene(kill);
  const level = state.levels[LEVEL];
  const group = level?.groups[groupId("g_1")];
  assert(level && group);
  const beaten = {
    ...state,
    levels: { [LEVEL]: { ...level, groups: { [group.id]: { ...group, state: "resolved" as const } } } },
  };

  assertEquals(act(state, START).quests[QUEST]?.state, "active");
  assertEquals(act(beaten, START).quests[QUEST]?.state, "done");
});

Deno.test("what was asked for is handed over with the report", () => {
  const relic = { id: itemId("i_relic"), item: "oldRelic", count: 1, plot: true } as const;
  const get: QuestStep = { verb: "get", target: { type: "item", id: relic.id }, text: "Get", done: false };
  const state = scene(get);
  const held = { ...state, party: { ...state.party, stash: [relic] } };

  assertEquals(act(state, START).quests[QUEST]?.state, "active");
  assertEquals(act(held, START, DONE).party.stash, []);
});

Deno.test("the board's list is what the rules accept", () => {
  const quests = (state: WorldState) => legalForSeat(state, SEAT).filter((one) => one.type.endsWith("Quest"));

  assertEquals(quests(scene(GO)), [START]);
  assertEquals(quests(act(scene(GO), START)), []);
  assertEquals(quests(act(scene(GO), START, { type: "Step" }, ...BACK)), [DONE]);
});
