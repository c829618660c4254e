import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { setImmediate } from "node:timers";
import { memoryStore } from "../kv/memory_store.ts";
import type { CommitResult, Pack, Store } from "../kv/ports.ts";
import type { DiskOptions } from "./disk_watch.ts";
import { command, guest, newWorld, resultOf, settle, testClock, testHost } from "./host_fixture.ts";

const WORLDS = 24;
const COMMANDS = 3;

const soon = (run: () => void) => void setImmediate(run);

/** A store of small packs that each wait for their release, and what was seen of them. */
function slowStore(real: Store) {
  const waiting: { readonly pack: Pack; readonly answer: PromiseWithResolvers<CommitResult> }[] = [];
  let most = 0;
  let slow = false;
  const store: Store = {
    ...real,
    limits: { ...real.limits, checks: 10 },
    commit(pack) {
      if (!slow) return real.commit(pack);
      const answer = Promise.withResolvers<CommitResult>();
      const under = waiting.flatMap((other) => other.pack.subjects.map(({ owner }) => owner.id));
      for (const { owner } of pack.subjects) {
        assert(!under.includes(owner.id), "it is in another pack that is under way");
      }
      waiting.push({ pack, answer });
      most = Math.max(most, waiting.length);
      return answer.promise;
    },
  };
  return { store, waiting, most: () => most, begin: () => slow = true };
}

async function players(store: Store, more: Parameters<typeof testHost>[0] = {}) {
  const fixture = testHost({ ...more, store, clock: testClock(undefined, soon) });
  const ada = await guest(fixture.host);
  const worlds = [];
  for (let i = 1; i <= WORLDS; i++) worlds.push(await newWorld(fixture.host, ada, i));
  return { ...fixture, ada, worlds };
}

Deno.test("full packs of other worlds are on their way together, however they end, and each world keeps its order", async () => {
  const fate = fc.constantFrom("stored", "stored but unknown", "not stored", "conflict");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fate), { minLength: 10, maxLength: 60 }), async (fates) => {
      const real = memoryStore();
      const { store, waiting, most, begin } = slowStore(real);
      const { host, clock, ada, worlds } = await players(store);
      begin();
      const answers = worlds.flatMap((world) =>
        Array.from({ length: COMMANDS }, (_, i) => host.submit(ada, command(world, i + 1)))
      );
      // One that fails twice, though the store can be read, would tell of a disk that is full.
      const failed = new Set<string>();
      let answered = 0;
      for (const answer of answers) void answer.finally(() => answered++);
      const told = Promise.all(answers);
      for (let turn = 0; answered < answers.length || waiting.length > 0; turn++) {
        await settle(soon);
        const [at = 0, what = "stored"] = fates[turn] ?? [];
        const [one] = waiting.splice(Math.min(at, waiting.length - 1), 1);
        if (one === undefined) await clock.advance(1_000);
        else if (failed.has(one.pack.id)) await end(real, one, "stored");
        else await end(real, one, what);
        if (one !== undefined) failed.add(one.pack.id);
      }
      const results = (await told).map(resultOf);
      await host.stop();

      assert(most() > 1 && most() <= 3, `${most()} packs were on their way`);
      for (const [i, world] of worlds.entries()) {
        const seqs = results.slice(i * COMMANDS, (i + 1) * COMMANDS).map((result) => Number(result["seq"]));
        assertEquals(seqs, seqs.toSorted((a, b) => a - b));
        const { value } = await real.readHead(world) ?? {};
        const log = await real.readEntries(world, 1, value?.n ?? 0);
        const done = log.flatMap(({ cseq, command }) => JSON.stringify(command).includes('"Step"') ? [cseq] : []);
        assertEquals(done, Array.from({ length: COMMANDS }, (_, cseq) => cseq + 1), "each once, in order");
      }
    }),
    { numRuns: 30 },
  );
});

async function end(
  real: Store,
  { pack, answer }: { readonly pack: Pack; readonly answer: PromiseWithResolvers<CommitResult> },
  what: "stored" | "stored but unknown" | "not stored" | "conflict",
): Promise<void> {
  if (what === "conflict") return answer.resolve({ ok: false, why: "conflict" });
  if (what === "not stored") return answer.reject(new Error("disk I/O error"));
  const result = await real.commit(pack);
  if (what === "stored") answer.resolve(result);
  else answer.reject(new Error("the answer was lost"));
}

Deno.test("packs that fail together for want of room are all written once some has been made, and it is made once", async () => {
  const real = memoryStore();
  const { store, waiting, begin } = slowStore(real);
  let bytes = 100;
  const shrunk: number[] = [];
  const disk: DiskOptions = {
    warn: 100,
    stop: 50,
    reserve: {
      get bytes() {
        return bytes;
      },
      grow: () => Promise.resolve(false),
      shrink(to) {
        shrunk.push(to);
        bytes = to;
        return Promise.resolve();
      },
    },
  };
  const { host, ada, worlds } = await players(store, { deps: { disk } });
  begin();
  const answers = worlds.map((world) => host.submit(ada, command(world, 1)));
  for (let left = WORLDS; left > 0;) {
    await settle(soon);
    for (const { pack, answer } of waiting.splice(0)) {
      if (bytes === 100) answer.reject(new Error("database or disk is full"));
      else answer.resolve(await real.commit(pack).finally(() => left -= pack.subjects.length));
    }
  }
  const told = await Promise.all(answers);
  const smaller = shrunk.filter((to) => to < 100);
  await host.stop();

  assertEquals(told.filter(({ ok }) => !ok), []);
  assertEquals(smaller, [50]);
});
