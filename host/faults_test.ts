import { assert, assertEquals } from "@std/assert";
import type { WorldId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import type { Answer, Host } from "./api.ts";
import { type Fault, faultyStore } from "./faulty_store_fixture.ts";
import {
  command,
  ear,
  guest,
  newWorld,
  refusalOf,
  resultOf,
  settle,
  type TestClock,
  testHost,
} from "./host_fixture.ts";

const COMMANDS = 12;

/** Asks the same bytes again until there is an answer that settles it, as every client does. */
async function insist<T>(host: Host, clock: TestClock, ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let tries = 0; tries < 40; tries++) {
    const answer = await ask();
    const again = !answer.ok && /^server\/|in_flight/.test(answer.refusal.code);
    if (!again) return answer;
    await clock.advance(2_500);
  }
  throw new Error(`No answer after 40 tries (${host.status().status})`);
}

/** What the log shows of a session's commands: number and coins after it. */
async function stored(store: Store, world: WorldId): Promise<readonly number[]> {
  const head = await store.readHead(world);
  const entries = await store.readEntries(world, 1, head?.value.n ?? 0);
  return entries.filter(({ cseq }) => cseq > 0).map(({ cseq }) => cseq);
}

async function scenario(fault: Fault, at: number): Promise<void> {
  const memory = memoryStore();
  let calls = 0;
  const faulty = faultyStore(memory, () => ++calls === at ? fault : undefined);
  const { host, clock } = testHost({ store: faulty.store });
  const { caller } = resultOf(await insist(host, clock, () => host.guest({ name: "Ada", lang: "en" })));
  const options = { turnClock: "normal", difficulty: "normal" } as const;
  const made = await insist(host, clock, () =>
    host.submitAccount(caller, {
      cseq: 1,
      lane: 0,
      rid: "r",
      method: "world.create",
      params: {},
      ask: { type: "CreateWorld", name: "Ash Hollow", options },
    }));
  const world = resultOf(made)["world"] as WorldId;
  const listener = ear();
  await host.subscribe(caller, { world, audience: "party", lane: 0 }, listener);
  const acknowledged: number[] = [];
  for (let cseq = 1; cseq <= COMMANDS; cseq += 2) {
    // Two at a time, so that a fault meets a command decided on another that is not durable yet.
    const pair = [cseq, cseq + 1].map((one) => insist(host, clock, () => host.submit(caller, command(world, one))));
    for (const [i, answer] of (await Promise.all(pair)).entries()) if (answer.ok) acknowledged.push(cseq + i);
  }
  await settle();
  const view = resultOf(await host.view(caller, world, "party")).view as unknown as { party: { purse: number } };
  await host.stop();

  const log = await stored(memory, world);
  assertEquals(log, [...new Set(log)], "nothing doubled");
  for (const cseq of acknowledged) assert(log.includes(cseq), `acknowledged ${cseq} is stored`);
  assertEquals(view.party.purse, log.length);
  assertEquals(log.length, COMMANDS);
  const seqs = listener.messages().map(({ seq }) => Number(seq));
  assertEquals(seqs, seqs.map((_, i) => (seqs[0] ?? 0) + i), "gapless");
  assertEquals(seqs.length, COMMANDS);
}

for (const fault of ["before", "after", "refuse"] as const) {
  Deno.test(`a commit that fails (${fault}), whichever it is, loses nothing acknowledged and doubles nothing`, async () => {
    const clean = faultyStore(memoryStore(), () => undefined);
    const counting = testHost({ store: clean.store });
    const ada = await guest(counting.host);
    const world = await newWorld(counting.host, ada);
    for (let cseq = 1; cseq <= COMMANDS; cseq++) await counting.host.submit(ada, command(world, cseq));
    await counting.host.stop();

    for (let at = 1; at <= clean.commits(); at++) await scenario(fault, at);
  });
}

Deno.test("a crash between commit and answer leaves a receipt, a crash before it leaves nothing", async () => {
  for (const fault of ["before", "after"] as const) {
    const store = memoryStore();
    const setting = testHost({ store });
    const ada = await guest(setting.host);
    const world = await newWorld(setting.host, ada);
    await setting.host.stop();

    // The process ends here: its caller never hears anything, because the store never answers.
    const gone = testHost({
      store: {
        ...store,
        async commit(pack) {
          if (fault === "after") await store.commit(pack);
          return await new Promise(() => undefined);
        },
      },
    });
    let heard = false;
    void gone.host.submit(ada, command(world, 1)).then(() => heard = true);
    await settle();

    const next = testHost({ store });
    const again = resultOf(await next.host.submit(ada, command(world, 1)));
    const view = resultOf(await next.host.view(ada, world, "party")).view as unknown as { party: { purse: number } };
    await next.host.stop();

    assertEquals(heard, false);
    assertEquals(again["cseq"], 1);
    assertEquals(view.party.purse, 1);
  }
});

Deno.test("nobody hears of a command before it is on disk", async () => {
  const memory = memoryStore();
  const gate = Promise.withResolvers<void>();
  let gated = false;
  const { host } = testHost({
    store: {
      ...memory,
      async commit(pack) {
        if (gated) await gate.promise;
        return await memory.commit(pack);
      },
    },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const listener = ear();
  await host.subscribe(ada, { world, audience: "party", lane: 0 }, listener);
  gated = true;

  let answered = false;
  const answer = host.submit(ada, command(world, 1)).then((given) => {
    answered = true;
    return given;
  });
  await settle();
  const before = resultOf(await host.view(ada, world, "party"));
  const again = await host.submit(ada, command(world, 1));
  assertEquals([answered, listener.messages().length], [false, 0]);
  gate.resolve();
  await answer;
  await settle();
  const after = resultOf(await host.view(ada, world, "party"));
  await host.stop();

  assertEquals(refusalOf(again).code, "command/in_flight");
  assertEquals([before.seq + 1, listener.messages().length], [after.seq, 1]);
});

Deno.test("a full disk makes the server read only, keeps what was acknowledged, and heals by itself", async () => {
  const memory = memoryStore();
  let full = false;
  const faulty = faultyStore(memory, () => full ? "before" : undefined);
  const { host, clock } = testHost({ store: faulty.store });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  resultOf(await host.submit(ada, command(world, 1)));

  full = true;
  const refused = await Promise.all([host.submit(ada, command(world, 2)), host.submit(ada, command(world, 3))]);
  const next = await host.submit(ada, command(world, 2));
  const view = resultOf(await host.view(ada, world, "party")).view as unknown as { party: { purse: number } };
  const { status } = host.status();
  full = false;
  await clock.advance(2_100);
  const again = [await host.submit(ada, command(world, 2)), await host.submit(ada, command(world, 3))];
  await host.stop();

  assertEquals([...refused, next].map((answer) => refusalOf(answer).code), Array(3).fill("server/read_only"));
  assertEquals([view.party.purse, status], [1, "unhealthy"]);
  assertEquals(again.map(({ ok }) => ok), [true, true]);
});

Deno.test("a store that does not answer makes the outcome unknown, and the same bytes learn it later", async () => {
  const memory = memoryStore();
  let away = false;
  const faulty = faultyStore(memory, () => away ? "after" : undefined, () => !away);
  const { host, clock } = testHost({ store: faulty.store });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  away = true;
  const first = await host.submit(ada, command(world, 1));
  const other = await host.submit(ada, command(world, 2));
  away = false;
  await clock.advance(5_000);
  const again = await host.submit(ada, command(world, 1));
  const view = resultOf(await host.view(ada, world, "party")).view as unknown as { party: { purse: number } };
  await host.stop();

  assertEquals(refusalOf(first).code, "server/store_unavailable");
  assertEquals(refusalOf(other).code, "server/store_unavailable");
  assert(again.ok);
  assertEquals(view.party.purse, 1);
});

Deno.test("a store that hangs is given up after half a minute, and what it did is found out when it answers", async () => {
  const memory = memoryStore();
  let hangs = false;
  const { host, clock } = testHost({
    store: {
      ...memory,
      async commit(pack) {
        const result = await memory.commit(pack);
        return hangs ? await new Promise(() => undefined) : result;
      },
    },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  hangs = true;
  const first = host.submit(ada, command(world, 1));
  await settle();
  hangs = false;
  await clock.advance(31_000);
  const again = await host.submit(ada, command(world, 1));
  const view = resultOf(await host.view(ada, world, "party")).view as unknown as { party: { purse: number } };
  await host.stop();

  assertEquals(refusalOf(await first).code, "server/store_unavailable");
  assert(again.ok);
  assertEquals(view.party.purse, 1);
});

Deno.test("two processes that hold one world cannot both win: the loser reads what is new and decides again", async () => {
  const store = memoryStore();
  const one = testHost({ store });
  const ada = await guest(one.host);
  const world = await newWorld(one.host, ada);
  const two = testHost({ store });
  const listener = ear();
  await two.host.subscribe(ada, { world, audience: "party", lane: 0 }, listener);
  const first = resultOf(await one.host.submit(ada, command(world, 1)));

  const second = resultOf(await two.host.submit(ada, command(world, 2, undefined, { lane: 1 })));
  const receipt = await two.host.submit(ada, command(world, 1));
  await settle();
  await one.host.stop();
  await two.host.stop();

  assertEquals(second["seq"], Number(first["seq"]) + 1);
  assertEquals(receipt, { ok: true, result: first });
  assertEquals(listener.messages().map(({ seq }) => seq), [first["seq"] ?? 0, second["seq"] ?? 0]);
});

Deno.test("a process that has lost the store's owner record stops and acknowledges nothing", async () => {
  const memory = memoryStore();
  let lost = 0;
  let taken = false;
  const { host } = testHost({
    store: { ...memory, commit: (pack) => taken ? Promise.resolve({ ok: false, why: "owner" }) : memory.commit(pack) },
    deps: { ownerLost: () => lost++ },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  taken = true;
  const answer = await host.submit(ada, command(world, 1));
  await host.stop();

  assertEquals(refusalOf(answer).code, "server/going_away");
  assertEquals(lost, 1);
});

Deno.test("a committer that fails where nothing foresaw it answers what it held, says so once and stops", async () => {
  for (const where of ["limits", "id"] as const) {
    const memory = memoryStore();
    let broken = false;
    let failed = 0;
    const lines: string[] = [];
    const broke = (at: string) => {
      if (broken && at === where) throw new TypeError("Unforeseen");
    };
    const { host, deps } = testHost({
      store: Object.defineProperty({ ...memory }, "limits", {
        get: () => {
          broke("limits");
          return memory.limits;
        },
      }),
      deps: {
        failed: () => failed++,
        log: (_level, event) => lines.push(event),
        randomBytes: (count) => {
          broke("id");
          return crypto.getRandomValues(new Uint8Array(count));
        },
      },
    });
    const ada = await guest(host);
    const world = await newWorld(host, ada);

    broken = true;
    const held = await host.submit(ada, command(world, 1));
    const next = await host.submit(ada, command(world, 2));
    const { status } = host.status();
    await host.stop();

    const code = where === "limits" ? "server/going_away" : "server/store_unavailable";
    assertEquals([refusalOf(held).code, refusalOf(next).code], [code, "server/store_unavailable"]);
    assertEquals([failed, status], [1, "unhealthy"]);
    assertEquals(lines.filter((line) => line.startsWith("committing failed")).length, 1);
    const faults = (await deps.metrics.faults.get()).values;
    assert(faults.some(({ labels, value }) => labels.kind === "committer" && value === 1));
  }
});

Deno.test("overload is answered busy at once, and what was taken in is stored", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => host.submit(ada, command(world, i + 1))),
  );
  await host.stop();

  const busy = answers.filter((answer) => !answer.ok);
  assertEquals(answers.length - busy.length, 64);
  for (const answer of busy) {
    assertEquals(refusalOf(answer).code, "server/busy");
    assert((refusalOf(answer).retryAfterMs ?? 0) > 0);
  }
});
