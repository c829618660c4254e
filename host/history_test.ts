import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { memoryStore } from "../kv/memory_store.ts";
import type { Answer, WorldCommand } from "./api.ts";
import { type Fault, faultyStore } from "./faulty_store_fixture.ts";
import { command, guest, newWorld, resultOf, settle, testClock, testHost } from "./host_fixture.ts";

/** What a careless client may do: numbers that jump, repeat and fall behind, other content, a crash in between. */
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("send" as const),
      step: fc.integer({ min: -3, max: 3 }),
      lane: fc.nat(1),
      what: fc.nat(3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("fault" as const),
      fault: fc.constantFrom<Fault>("before", "after", "refuse"),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: "crash" as const }) },
  { weight: 2, arbitrary: fc.constant({ type: "wait" as const }) },
);

function asked(what: number) {
  if (what === 0) return { type: "Search", mode: "on" } as const;
  if (what === 1) return { type: "Search", mode: "off" } as const;
  return { type: "Step" } as const;
}

Deno.test("whatever is sent, repeated, crashed and failed: the log has every accepted command exactly once, as answered", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const memory = memoryStore();
      const faults: Fault[] = [];
      const { store } = faultyStore(memory, () => faults.shift());
      const clock = testClock();
      let { host } = testHost({ store, clock });
      const ada = await guest(host);
      const world = await newWorld(host, ada);
      const heard: (readonly [WorldCommand, Answer])[] = [];
      const top = [0, 0];
      let open: Promise<unknown>[] = [];
      for (const one of acts) {
        if (one.type === "send") {
          const cseq = Math.max(1, (top[one.lane] ?? 0) + one.step);
          top[one.lane] = Math.max(top[one.lane] ?? 0, cseq);
          const sent = command(world, cseq, asked(one.what), { lane: one.lane });
          open.push(host.submit(ada, sent).then((answer) => heard.push([sent, answer])));
        } else if (one.type === "fault") faults.push(one.fault);
        else {
          await Promise.all(open);
          open = [];
          // What is not answered by now never will be: the process is gone, and with it what it remembered.
          if (one.type === "crash") ({ host } = testHost({ store, clock }));
        }
      }
      await Promise.all(open);
      await settle();

      const head = await memory.readHead(world);
      const entries = await memory.readEntries(world, 1, head?.value.n ?? 0);
      const keys = entries.filter(({ cseq }) => cseq > 0).map(({ lane, cseq }) => `${lane}/${cseq}`);
      assertEquals(keys.length, new Set(keys).size);
      for (const [{ lane, cseq, ask }, answer] of heard) {
        const entry = entries.find((found) => found.lane === lane && found.cseq === cseq);
        if (!answer.ok) continue;
        assert(entry !== undefined, `accepted ${lane}/${cseq} is stored`);
        assertEquals(entry.command, ask);
        assertEquals(entry.receipt?.answer, answer.result);
        assertEquals(await host.submit(ada, command(world, cseq, ask as never, { lane })), answer);
      }
      const coins = entries.filter(({ command }) => (command as { type: string }).type === "Step").length;
      const { view } = resultOf(await host.view(ada, world, "party"));
      assertEquals((view as unknown as { party: { purse: number } }).party.purse, coins);
      await host.stop();
    }),
    { numRuns: 150 },
  );
});
