import { assert, assertEquals } from "@std/assert";
import { classOf } from "../content/mod.ts";
import { due } from "../due.ts";
import { replay } from "../evolve.ts";
import type { By, Command, Intent } from "../types/command.ts";
import type { Character } from "../types/creature.ts";
import type { AccountId, SeatId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { ACCOUNT, ask, codeOf, hero, SEAT, SEED, WORLD } from "../world/_scene.ts";
import { viewParty } from "../view/view.ts";
import { itemId, levelId } from "../world/ids.ts";
import { emptyState } from "./empty.ts";

const SECOND = "s_2" as SeatId;
const OTHER = "a_2" as AccountId;
const SYSTEM = "system";

const CREATE = {
  type: "CreateWorld",
  world: WORLD,
  name: "Test",
  seed: SEED,
  seedHash: "hash",
  invite: "secret",
  options: { turnClock: "normal", difficulty: "normal" },
} as const;

function join(seat: SeatId, characters: readonly Character[], account: AccountId = ACCOUNT) {
  return { type: "JoinGame", account, name: `Player ${seat}`, seat, characters } as const;
}

function after(state: WorldState, intent: Intent, by: SeatId | "system" = SYSTEM): WorldState {
  const outcome = ask(state, intent, 1, by);
  if (!outcome.ok) throw new RangeError(`Cannot ${intent.type}: ${outcome.rejection.code}`);
  return outcome.state;
}

function joined(count: number): WorldState {
  return after(
    after(emptyState(WORLD), CREATE),
    join(SEAT, Array.from({ length: count }, (_, index) => hero(index))),
  );
}

Deno.test("CreateWorld stores levels and commissions, places the party and shows it the entry", () => {
  const outcome = ask(emptyState(WORLD), CREATE, 1, SYSTEM);

  assert(outcome.ok);
  assertEquals(
    outcome.events.map((event) => event.type),
    [
      "WorldCreated",
      "LevelGenerated",
      "LevelGenerated",
      "QuestOffered",
      "QuestOffered",
      "QuestOffered",
      "PartyPlaced",
      "ItemsGained",
      "CellsSeen",
    ],
  );
  assertEquals(replay(emptyState(WORLD), outcome.events), outcome.state);
  assertEquals(codeOf(ask(outcome.state, CREATE, 2, SYSTEM)), "turn/over");
});

Deno.test("CreateWorld draws from the world's seed alone: its place in the log changes nothing", () => {
  const [one, two] = [ask(emptyState(WORLD), CREATE, 1, SYSTEM), ask(emptyState(WORLD), CREATE, 9, SYSTEM)];

  assert(one.ok && two.ok);
  assertEquals(one.state.levels, two.state.levels);
});

Deno.test("JoinGame makes the first seat host and leader, and no other", () => {
  const state = after(joined(2), join(SECOND, [hero(2, OTHER)], OTHER));

  assertEquals(state.seats[SEAT]?.roles, ["host", "leader"]);
  assertEquals(state.seats[SECOND]?.roles, []);
  assertEquals(state.party.order.length, 3);
  assertEquals(Object.values(state.characters).filter((one) => one.seat === SECOND).length, 1);
});

Deno.test("JoinGame refuses a seventh character, a name twice, and a character twice", () => {
  const six = joined(6);
  const clone = { ...hero(7), name: hero(0).name.toUpperCase() };

  assertEquals(codeOf(ask(six, join(SEAT, [hero(6)]), 1, SYSTEM)), "character/party_full");
  assertEquals(codeOf(ask(joined(1), join(SEAT, [clone]), 1, SYSTEM)), "character/name_taken");
  assertEquals(codeOf(ask(joined(1), join(SEAT, [hero(0)]), 1, SYSTEM)), "character/away");
});

Deno.test("JoinGame brings nobody into a running fight, but seats the player", () => {
  const fighting: WorldState = { ...joined(1), mode: "battle" };

  assertEquals(codeOf(ask(fighting, join(SECOND, [hero(2, OTHER)], OTHER), 1, SYSTEM)), "turn/wrong_mode");
  assertEquals(codeOf(ask(fighting, join(SECOND, [], OTHER), 1, SYSTEM)), "ok");
});

Deno.test("LeaveGame sends characters home and keeps what locks and commissions need", () => {
  const state = joined(2);
  const first = state.party.order[0];
  const character = first && state.characters[first];
  assert(character);
  const key = { id: itemId("i_key"), item: "ironKey", count: 1, plot: true } as const;
  const carrying = {
    ...state,
    characters: { ...state.characters, [character.id]: { ...character, pack: [...character.pack, key] } },
  };
  const outcome = ask(carrying, { type: "LeaveGame" }, 1, SEAT);

  assert(outcome.ok);
  assertEquals(outcome.state.party.order, []);
  assertEquals(outcome.state.party.stash.some((stack) => stack.id === key.id), true);
  const left = outcome.events.find((event) => event.type === "CharacterLeft");
  assert(left?.type === "CharacterLeft");
  assertEquals(left.sheet.pack.some((stack) => stack.id === key.id), false);
  assertEquals(outcome.state.seats[SEAT]?.left, true);
});

Deno.test("LeaveGame in a fight leaves the character to the AI until the fight is over", () => {
  const outcome = ask({ ...joined(1), mode: "battle" }, { type: "LeaveGame" }, 1, SEAT);

  assert(outcome.ok);
  assertEquals(Object.values(outcome.state.characters).map((one) => one.seat), [null]);
});

Deno.test("leadership and the host's part pass to the longest present", () => {
  const third = "s_3" as SeatId;
  const state = after(after(joined(1), join(SECOND, [], OTHER)), join(third, [], "a_3" as AccountId));
  const left = after(state, { type: "LeaveGame" }, SEAT);

  assertEquals(left.seats[SECOND]?.roles, ["host", "leader"]);
  assertEquals(left.seats[third]?.roles, []);
});

Deno.test("a world everybody left can be entered again, with a leader", () => {
  const empty = after(joined(1), { type: "LeaveGame" }, SEAT);
  const again = after(empty, join(SECOND, [hero(3, OTHER)], OTHER));

  assertEquals(again.seats[SECOND]?.roles, ["host", "leader"]);
  assertEquals(again.party.level, levelId("l_1"));
});

Deno.test("GiveLead is the leader's and needs somebody present", () => {
  const state = after(joined(1), join(SECOND, [], OTHER));

  assertEquals(codeOf(ask(state, { type: "GiveLead", seat: SECOND }, 1, SECOND)), "turn/not_leader");
  assertEquals(codeOf(ask(state, { type: "GiveLead", seat: "s_9" as SeatId }, 1, SEAT)), "character/unknown");
  const given = after(state, { type: "GiveLead", seat: SECOND }, SEAT);
  assertEquals([given.seats[SEAT]?.roles, given.seats[SECOND]?.roles], [["host"], ["leader"]]);
  assertEquals(after(given, { type: "PassLead", seat: SEAT }).seats[SEAT]?.roles, ["host", "leader"]);
});

Deno.test("EndWorld is the host's, and asks for the world's own name", () => {
  const state = after(joined(2), join(SECOND, [], OTHER));
  const led = after(state, { type: "GiveLead", seat: SECOND }, SEAT);

  assertEquals(codeOf(ask(led, { type: "EndWorld", name: "Test" }, 1, SECOND)), "world/not_host");
  assertEquals(codeOf(ask(led, { type: "EndWorld", name: "test" }, 1, SEAT)), "world/wrong_name");
  assertEquals(codeOf(ask(led, { type: "EndWorld", name: "Test" }, 1, SEAT)), "ok");
});

Deno.test("EndWorld reveals the seed, sends everybody home and leaves the seats as they are", () => {
  const state = after(joined(2), join(SECOND, [hero(2, OTHER)], OTHER));
  const outcome = ask(state, { type: "EndWorld", name: "Test" }, 1, SEAT);

  assert(outcome.ok);
  assertEquals(outcome.events.map(({ type }) => type), ["WorldEnded", ...Array(3).fill("CharacterLeft")]);
  assertEquals(replay(state, outcome.events), outcome.state);
  assertEquals([outcome.state.party.order, Object.keys(outcome.state.characters)], [[], []]);
  assertEquals(Object.values(outcome.state.seats).map(({ left }) => left), [false, false]);
  const { seed, seedHash, endedAt } = viewParty(outcome.state).world;
  assertEquals([seed, seedHash, endedAt], [SEED, "hash", 1_001]);
  assertEquals("seed" in viewParty(state).world, false);
});

Deno.test("EndWorld ends a fight with the world, and nobody comes home dead", () => {
  const state = joined(2);
  const [one] = Object.values(state.characters);
  assert(one);
  const fallen = { ...one, life: "dying", hp: 0 } as const;
  const fighting: WorldState = { ...state, mode: "battle", characters: { ...state.characters, [one.id]: fallen } };
  const outcome = ask(fighting, { type: "EndWorld", name: "Test" }, 1, SEAT);

  assert(outcome.ok);
  assertEquals([outcome.state.mode, outcome.state.battle, due(outcome.state)], ["explore", null, undefined]);
  const homes = outcome.events.flatMap((event) => event.type === "CharacterLeft" ? [event.sheet] : []);
  assertEquals(homes.map(({ life }) => life), ["up", "up"]);
});

Deno.test("after the end of a world every command is refused, but for giving up the seat", () => {
  const ended = after(joined(2), { type: "EndWorld", name: "Test" }, SEAT);
  const intents: readonly (readonly [Intent, SeatId | "system"])[] = [
    [{ type: "Say", text: "Hello" }, SEAT],
    [{ type: "Step" }, SEAT],
    [{ type: "EndWorld", name: "Test" }, SEAT],
    [join(SECOND, [], OTHER), SYSTEM],
    [{ type: "PassLead", seat: SEAT }, SYSTEM],
    [{ type: "LootExpired" }, SYSTEM],
  ];

  for (const [intent, by] of intents) assertEquals(codeOf(ask(ended, intent, 1, by)), "world/ended", intent.type);
  assertEquals(after(ended, { type: "LeaveGame" }, SEAT).seats[SEAT]?.left, true);
});

Deno.test("Say keeps the newest fifty lines, without control characters", () => {
  const by: By = { type: "seat", seat: SEAT };
  let state = joined(1);
  for (let i = 0; i < 55; i += 1) {
    const command: Command = { by, at: i, intent: { type: "Say", text: ` line\u0007${i}\n` } };
    state = after(state, command.intent, SEAT);
  }

  assertEquals(state.talk.length, 50);
  assertEquals(state.talk.at(-1)?.text, "line 54");
  assertEquals(state.talk.at(-1)?.n, 55);
  assertEquals(codeOf(ask(state, { type: "Say", text: " \n " }, 1, SEAT)), "talk/empty");
});

Deno.test("CreateWorld budgets its fights for the party size of the options, four when an older log does not say", () => {
  const xp = (options: Partial<WorldState["options"]>) => {
    const made = after(emptyState(WORLD), { ...CREATE, options: { ...CREATE.options, ...options } });
    return Object.values(made.levels).flatMap((level) => Object.values(level.groups)).reduce(
      (sum, one) => sum + one.xp,
      0,
    );
  };
  const [two, four, six] = [xp({ partySize: 2 }), xp({ partySize: 4 }), xp({ partySize: 6 })];

  assert(two < four && four < six, `${two} < ${four} < ${six}`);
  assertEquals(xp({}), four);
});

Deno.test("JoinGame brings a class's starting coins into the purse once, however often a character comes and goes", () => {
  const first = ask(after(emptyState(WORLD), CREATE), join(SEAT, [hero(0), hero(1)]), 1, SYSTEM);
  assert(first.ok);
  const coins = (["fighter", "cleric"] as const).reduce((sum, id) => sum + classOf(id).coins, 0);
  const left = ask(first.state, { type: "LeaveGame" }, 2, SEAT);
  assert(left.ok);
  const sheets = left.events.flatMap((event) => event.type === "CharacterLeft" ? [event.sheet] : []);

  assert(coins > 0);
  assertEquals(first.state.party.purse, coins);
  assertEquals(after(left.state, join(SEAT, sheets)).party.purse, coins);
});

Deno.test("LeaveGame brings the dead and the dying home alive at 1 hit point", () => {
  for (const life of ["dead", "dying", "stable"] as const) {
    const state = joined(1);
    const [one] = Object.values(state.characters);
    assert(one);
    const fallen = { ...one, life, hp: 0, deathSaves: { successes: 1, failures: 2 } };
    const outcome = ask({ ...state, characters: { [one.id]: fallen } }, { type: "LeaveGame" }, 1, SEAT);

    assert(outcome.ok);
    const sheet = outcome.events.find((event) => event.type === "CharacterLeft");
    assert(sheet?.type === "CharacterLeft");
    assertEquals([sheet.sheet.life, sheet.sheet.hp], ["up", 1]);
    assertEquals(sheet.sheet.deathSaves, { successes: 0, failures: 0 });
  }
});
