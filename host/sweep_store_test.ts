import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { WorldId } from "../engine/types/ids.ts";
import { memoryCells } from "../kv/memory_cells.ts";
import { createStore } from "../kv/store.ts";
import type { Answer, Caller, Host } from "./api.ts";
import { command, guest, newWorld, resultOf, settle, testClock, testHost } from "./host_fixture.ts";
import { sweepStore, type Swept } from "./sweep_store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = 1_795_334_400_000;

/** A store whose host can end and start again at another time, and a sweeper that walks when told. */
function place() {
  const cells = memoryCells();
  const store = createStore(cells);
  const swept: Partial<Record<Swept, number>> = {};
  let now = START;
  let number = 0;
  let fixture = start();
  let walk: ReturnType<typeof sweepStore> | undefined;

  function start() {
    // The same chance at every place where the same things happen.
    const randomBytes = (count: number) =>
      Uint8Array.from({ length: count }, () => (Math.imul(++number, 2_654_435_761) >>> 13) & 0xff);
    return testHost({ store, clock: testClock(now), deps: { randomBytes }, options: { snapshotEvery: 3 } });
  }

  return {
    store,
    swept,
    get host(): Host {
      return fixture.host;
    },
    async later(ms: number) {
      await fixture.host.stop();
      now += ms;
      fixture = start();
    },
    async walk(steps = Number.POSITIVE_INFINITY) {
      for (let step = 0; step < steps; step++) {
        walk ??= sweepStore({
          store,
          clock: { now: () => now },
          busy: () => false,
          gone: () => {},
          count: (what, howMany) => swept[what] = (swept[what] ?? 0) + howMany,
        });
        const { done } = await walk.next();
        if (done !== true) continue;
        walk = undefined;
        if (steps === Number.POSITIVE_INFINITY) return;
      }
    },
    accounts: () => store.listAccounts(undefined, 99),
    sessions: async () => (await store.listSessions(undefined, 99)).length,
  };
}

async function signIn(host: Host): Promise<{ readonly token: string; readonly caller: Caller }> {
  return resultOf(await host.guest({ name: "Ada", lang: "en" }));
}

Deno.test("a guest who never made anything is removed a day after the last session is over, and not before", async () => {
  const at = place();
  const { caller } = await signIn(at.host);
  await at.later(2 * DAY_MS);
  await at.walk();
  const idle = await at.accounts();

  await at.host.endSession(caller);
  await at.walk();
  const ended = await at.accounts();
  const { caller: young } = await signIn(at.host);
  await at.host.endSession(young);
  await at.walk();
  const fresh = await at.accounts();
  await at.later(25 * HOUR_MS);
  await at.walk();
  const old = await at.accounts();
  await at.host.stop();

  assertEquals([idle.length, ended, fresh, old], [1, [], [young.account], []]);
  assertEquals(at.swept, { guest: 2 });
});

Deno.test("guests with a seat, a character or a return key stay", async () => {
  const at = place();
  const [seated, owner, keyed] = [await signIn(at.host), await signIn(at.host), await signIn(at.host)];
  await newWorld(at.host, seated.caller);
  const ask = {
    type: "CreateCharacter",
    name: "Mira",
    class: "fighter",
    lineage: "human",
    background: "sailor",
    method: "standard",
  } as const;
  const members = { cseq: 1, lane: 0, rid: "r", method: "createCharacter", params: {} };
  resultOf(await at.host.submitAccount(owner.caller, { ...members, ask }));
  resultOf(await at.host.returnKey(keyed.caller));
  for (const { caller } of [seated, owner, keyed]) await at.host.endSession(caller);

  await at.later(40 * DAY_MS);
  await at.walk();
  await at.walk();

  assertEquals((await at.accounts()).length, 3);
  assertEquals(at.swept.guest, undefined);
  await at.host.stop();
});

Deno.test("an expired session is removed a day later with both of its keys and its receipts", async () => {
  const at = place();
  const { caller, token } = await signIn(at.host);
  const world = await newWorld(at.host, caller);
  for (let cseq = 1; cseq <= 5; cseq++) resultOf(await at.host.submit(caller, command(world, cseq)));
  await settle();
  const owner = { type: "world", id: world } as const;

  await at.later(30 * DAY_MS + HOUR_MS);
  await at.walk();
  const kept = [await at.sessions(), (await at.store.readReceipts(owner, caller.session, 0)).length];
  const refused = await at.host.authenticate(token);
  await at.later(DAY_MS);
  await at.walk();
  const gone = [await at.sessions(), (await at.store.readReceipts(owner, caller.session, 0)).length];
  await at.host.stop();

  assertEquals([kept, refused, gone], [[1, 5], undefined, [0, 0]]);
  assertEquals(await at.store.readSessionHash(caller.session), undefined);
  // Five of the world and one of the account.
  assertEquals(at.swept, { session: 1, receipt: 6 });
});

Deno.test("sweeping an account somebody comes back to at the same moment takes nothing from them", async () => {
  const at = place();
  const { caller } = await signIn(at.host);
  await at.host.endSession(caller);
  await at.later(2 * DAY_MS);
  const real = at.store.removeAccount;
  let world: WorldId | undefined;
  const walk = sweepStore({
    store: {
      ...at.store,
      async removeAccount(account, stamp) {
        // After it was found unused, and before it is removed.
        world = await newWorld(at.host, caller);
        return await real(account, stamp);
      },
    },
    clock: { now: () => START + 2 * DAY_MS },
    busy: () => false,
    gone: () => {},
    count: () => {},
  });

  while ((await walk.next()).done !== true);
  const seats = await at.store.readSeats(caller.account);
  await at.host.stop();

  assertEquals<unknown>(seats.map((seat) => seat.world), [world]);
  assertEquals(await at.accounts(), [caller.account]);
});

type Op =
  | { readonly op: "guest" | "world" | "step" | "end" | "key" | "back"; readonly who: number }
  | { readonly op: "later"; readonly ms: number }
  | { readonly op: "walk"; readonly steps: number };

const who = fc.nat(4);
const operation: fc.Arbitrary<Op> = fc.oneof(
  ...(["guest", "world", "end", "key", "back"] as const).map((op) => fc.record({ op: fc.constant(op), who })),
  { weight: 5, arbitrary: fc.record({ op: fc.constant("step" as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant("later" as const),
      ms: fc.constantFrom(HOUR_MS, DAY_MS, 5 * DAY_MS, 31 * DAY_MS),
    }),
  },
  { weight: 4, arbitrary: fc.record({ op: fc.constant("walk" as const), steps: fc.constantFrom(1, 2, 5, 40) }) },
);

interface Person {
  token: string;
  caller: Caller;
  key?: string;
  world?: WorldId;
  /** Commands with what was answered, to be asked again. */
  readonly asked: { readonly caller: Caller; readonly cseq: number; readonly answer: Answer }[];
  cseq: number;
}

/** Plays the operations and tells everything anybody could see. Only one of two places is swept. */
async function play(ops: readonly Op[], sweeping: boolean): Promise<unknown[]> {
  const at = place();
  const people: Person[] = [];
  const seen: unknown[] = [];
  for (const op of ops) {
    if (op.op === "later") await at.later(op.ms);
    if (op.op === "walk" && sweeping) await at.walk(op.steps);
    if (op.op === "guest") people.push({ ...await signIn(at.host), asked: [], cseq: 0 });
    const person = "who" in op ? people[op.who % Math.max(1, people.length)] : undefined;
    if (person === undefined) continue;
    const caller = await at.host.authenticate(person.token);
    if (op.op === "back" && person.key !== undefined) {
      const back = await at.host.comeBack({ key: person.key, lang: "en" });
      seen.push(back);
      if (back.ok) Object.assign(person, back.result, { cseq: 0 });
    }
    if (caller === undefined) continue;
    if (op.op === "end") await at.host.endSession(caller);
    if (op.op === "key") {
      const made = resultOf(await at.host.returnKey(caller));
      person.key = made.key;
    }
    if (op.op === "world" && person.world === undefined) person.world = await newWorld(at.host, caller);
    if (op.op === "step" && person.world !== undefined) {
      const cseq = ++person.cseq;
      const answer = await at.host.submit(caller, command(person.world, cseq));
      person.asked.push({ caller, cseq, answer });
    }
  }
  await at.later(0);
  for (const person of people) {
    const caller = await at.host.authenticate(person.token);
    seen.push(caller);
    if (caller === undefined) continue;
    const { world, asked } = person;
    seen.push(await at.host.roster(caller), await at.host.worlds(caller));
    for (const { caller: by, cseq, answer } of asked) {
      if (world === undefined || by.session !== caller.session) continue;
      const again = await at.host.submit(by, command(world, cseq));
      // The promise itself: asked again, answered alike, however often the store was swept.
      assertEquals(again, answer);
      seen.push(again);
    }
  }
  await at.host.stop();
  return seen;
}

Deno.test("whatever happens and whenever it is swept, nobody who may still ask sees a difference", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 30 }), async (some) => {
      const ops: readonly Op[] = [{ op: "guest", who: 0 }, { op: "world", who: 0 }, { op: "step", who: 0 }, ...some];

      assertEquals(await play(ops, true), await play(ops, false));
    }),
    { numRuns: 40 },
  );
});

Deno.test("the host sweeps by itself, counts it, and forgets the account", async () => {
  const { host, clock, deps, store } = testHost();
  const ada = await guest(host);
  await host.endSession(ada);
  const kept = await guest(host, "Bob");

  await clock.advance(60_000);
  const before = await store.listAccounts(undefined, 9);
  await host.stop();
  const later = testHost({ store, clock: testClock(clock.now() + 2 * DAY_MS), deps: { metrics: deps.metrics } });
  await later.clock.advance(310_000);
  const after = await store.listAccounts(undefined, 9);
  await later.host.stop();
  const { values } = await deps.metrics.swept.get();

  assertEquals([before.length, after], [2, [kept.account]]);
  assert(values.some(({ labels, value }) => labels.what === "guest" && value === 1));
});
