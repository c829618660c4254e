import { assert, assertEquals } from "@std/assert";
import { due } from "../due.ts";
import { legalForSeat } from "../legal.ts";
import { rngAt } from "../core/rng.ts";
import type { Command, Intent } from "../types/command.ts";
import type { WorldId } from "../types/ids.ts";
import { RULES_VERSION, type WorldState } from "../types/state.ts";
import type { HashValue } from "../view/hash.ts";
import { ACCOUNT, hero, SEAT, SEED } from "../world/_scene.ts";
import { createAudit } from "./audit.ts";
import { type LoggedCommand, RULES_HERE } from "./redo.ts";

const WORLD = "w_audit" as WorldId;
const OPENING: readonly Intent[] = [
  {
    type: "CreateWorld",
    world: WORLD,
    name: "Test",
    seed: SEED,
    seedHash: "hash",
    invite: "secret",
    options: { turnClock: "normal", difficulty: "hard" },
  },
  { type: "JoinGame", account: ACCOUNT, name: "Ada", seat: SEAT, characters: [0, 1, 2, 3].map((i) => hero(i)) },
];

/** What is worth drawing, so that a short log holds doors, fights and talk. */
const WEIGHTS: Readonly<Record<string, number>> = {
  Travel: 60,
  Interact: 30,
  ChooseEncounter: 20,
  Attack: 30,
  Quick: 20,
  EndTurn: 10,
};

function nextCommand(state: WorldState, n: number): Command {
  const opening = OPENING[n - 1];
  const at = Math.max(1_000, state.at) + n;
  if (opening !== undefined) return { by: { type: "system" }, at, intent: opening };
  const dice = rngAt(SEED, `player/${n}`).dice();
  const legal = legalForSeat(state, SEAT);
  const timer = due(state);
  if (timer !== undefined && (timer.at <= at || legal.length === 0)) {
    return { by: { type: "system" }, at: Math.max(at, timer.at), intent: timer.intent };
  }
  const intent = dice.weighted(legal.map((one) => [one, WEIGHTS[one.type] ?? 1] as const));
  return { by: { type: "seat", seat: SEAT }, at, intent };
}

/** A log as it would be read from a store: JSON. */
function playLog(count: number, end = true): readonly LoggedCommand[] {
  let state = RULES_HERE.start(WORLD);
  let at = 0;
  const entries: LoggedCommand[] = [];
  for (let n = 1; n <= count; n += 1) {
    const command = n === count && end
      ? { by: { type: "seat", seat: SEAT }, at, intent: { type: "EndWorld", name: "Test" } } as const
      : nextCommand(state, n);
    at = Math.max(at, command.at);
    const epoch = 7;
    const outcome = RULES_HERE.step(state, { ...command, at }, { epoch, n });
    assert(outcome.ok, JSON.stringify({ command, outcome }));
    const actor = command.by.type === "seat" ? command.by.seat : "system";
    const entry = { n, at, epoch, actor, rules: RULES_VERSION, command: command.intent, events: outcome.events };
    entries.push(JSON.parse(JSON.stringify(entry)));
    state = outcome.state;
  }
  return entries;
}

function audited(entries: readonly LoggedCommand[]) {
  const audit = createAudit(RULES_HERE, WORLD);
  for (const entry of entries) if (!audit.add(entry)) break;
  return audit.report();
}

const LOG = playLog(160);

/** The log with one event of one entry changed. */
function tampered(type: string, change: (event: { readonly [key: string]: HashValue }) => HashValue, rules?: number) {
  const index = LOG.findIndex(({ events }) => events.some((event) => isType(event, type)));
  assert(index > 0, `the log holds ${type}`);
  return LOG.map((entry, i): LoggedCommand => {
    if (i !== index) return entry;
    const at = entry.events.findIndex((event) => isType(event, type));
    const events = entry.events.map((event, j) => (j === at ? change(event as { [key: string]: HashValue }) : event));
    const { rules: _own, ...rest } = entry;
    return { ...rest, events, ...(rules === undefined ? { rules: RULES_VERSION } : { rules }) };
  });
}

function isType(event: HashValue, type: string): boolean {
  return typeof event === "object" && event !== null && "type" in event && event.type === type;
}

Deno.test("createAudit() proves a log of play: every roll follows from the seed, up to the end of the world", () => {
  const { rolls, ...report } = audited(LOG);

  assertEquals(report, { entries: LOG.length, proven: LOG.length, unproven: [], epochs: 1 });
  assert(rolls > 20, `${rolls} rolls`);
  assert(LOG.at(-1)?.events.some((event) => isType(event, "WorldEnded")));
});

Deno.test("createAudit() finds one changed die, and says in which entry, event and member", () => {
  const report = audited(
    tampered("AttackRolled", (event) => ({ ...event, roll: { ...event["roll"] as object, rolls: [77] } })),
  );

  const { type, path, found } = report.difference ?? {};
  assertEquals([type, path, found], ["AttackRolled", "/roll/rolls/0", "77"]);
  assert(report.difference !== undefined && report.proven === report.difference.n - 1);
});

Deno.test("createAudit() finds an event that was left out, put in, or whose command was another", () => {
  const at = LOG.findIndex(({ events }) => events.some((event) => isType(event, "AttackRolled")));
  const change = (entry: (entry: LoggedCommand) => LoggedCommand) =>
    audited(LOG.map((one, i) => (i === at ? entry(one) : one)));

  assertEquals(change((one) => ({ ...one, events: one.events.slice(1) })).difference?.n, at + 1);
  const more = change((one) => ({ ...one, events: [...one.events, { type: "LightWentOut" }] })).difference;
  assertEquals([more?.n, more?.expected], [at + 1, "nothing"]);
  const other = change((one) => ({ ...one, command: { type: "BreakCamp" } })).difference;
  assertEquals([other?.n, other?.expected], [at + 1, "refused: turn/wrong_mode"]);
  const odd = change((one) => ({ ...one, command: { type: "Nonsense" } })).difference;
  assertEquals([odd?.n, odd?.expected], [at + 1, "a command the rules can read"]);
});

Deno.test("createAudit() finds a hole in the log, time and epochs that go back, and events nobody knows", () => {
  const last = LOG.length - 1;
  const change = (members: Partial<LoggedCommand>) =>
    audited(LOG.map((one, i) => (i === last ? { ...one, ...members } : one))).difference;

  assertEquals(audited(LOG.filter((_, i) => i !== 50)).difference, { n: 52, expected: "entry 51", found: "entry 52" });
  assertEquals(change({ at: 1 })?.found, "1");
  assertEquals(change({ epoch: 6 })?.expected, "an epoch not below 7");
  assertEquals(change({ events: [{ type: "Forgotten" }] })?.event, 0);
});

Deno.test("createAudit() raises no alarm where other rules wrote an entry, and says which it could not prove", () => {
  const other = audited(tampered("AttackRolled", (event) => ({ ...event, why: ["another rule"] }), RULES_VERSION + 1));
  const n = LOG.findIndex(({ events }) => events.some((event) => isType(event, "AttackRolled"))) + 1;

  assertEquals(other.difference, undefined);
  assertEquals(other.unproven[0]?.from, n);
  assertEquals(other.proven, LOG.length - other.unproven.reduce((sum, { from, to }) => sum + to - from + 1, 0));
});

Deno.test("createAudit() counts a change of epoch, whose dice are others", () => {
  const [first] = LOG;
  assert(first !== undefined);
  const later = LOG.map((entry, i) => (i < 2 ? entry : { ...entry, epoch: 8, rules: 0 }));

  assertEquals(audited(LOG).epochs, 1);
  assertEquals(audited(later).epochs, 2);
  assert(audited(later).unproven.length > 0, "what the old epoch rolled does not follow in the new one");
});
