/** A world's log written quickly through the store, for tests of what becomes of it. */
import { assert } from "@std/assert";
import type { Cells } from "./cells.ts";
import { denoCells } from "./deno_cells.ts";
import { memoryCells } from "./memory_cells.ts";
import type { LogEntry, Store } from "./ports.ts";

export const WORLD = "w_1";

/** Entries `from` to `to`; `text` gives each of them its size. */
export function logEntries(from: number, to: number, text: (n: number) => string = (n) => `step ${n}`): LogEntry[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => {
    const n = from + i;
    return {
      n,
      at: 1_000 + n,
      rid: `r-${n}`,
      actor: "s_1",
      session: "ses_1",
      lane: 0,
      cseq: n,
      command: { type: "Move" },
      events: [{ type: "PartyMoved", text: text(n) }],
      seq: { party: n },
      epoch: 7,
      view: 1,
    };
  });
}

/** Appends entries to a world, some of them in each atomic. */
export async function append(store: Store, entries: readonly LogEntry[], together = 50): Promise<void> {
  for (let i = 0; i < entries.length; i += together) {
    const some = entries.slice(i, i + together);
    const n = some.at(-1)?.n ?? 0;
    const found = await store.readHead(WORLD);
    const result = await store.commit({
      id: `pack-${n}`,
      subjects: [{
        owner: { type: "world", id: WORLD },
        stamp: found?.stamp ?? null,
        head: { n, epoch: 7, commit: "", seq: { party: n }, state: 1, view: 1 },
      }],
      changes: [store.prepare(some.map((entry) => ({ type: "entry", world: WORLD, entry })))],
    });
    assert(result.ok);
  }
}

/** A snapshot after entry n, whose state says no more than that. */
export async function snap(store: Store, ...numbers: readonly number[]): Promise<void> {
  for (const n of numbers) assert(await store.writeSnapshot(WORLD, snapshotAt(n), []));
}

export function snapshotAt(n: number) {
  return { n, at: 1_000 + n, epoch: 7, seq: { party: n }, state: { steps: n } };
}

/** Packs as long as there is something to pack; how often there was. */
export async function packAll(store: Store): Promise<number> {
  let times = 0;
  while (await store.packEntries(WORLD)) times++;
  return times;
}

/** A test made with both kinds of cells, so that each promise is made by both. */
export function both(name: string, run: (cells: Cells) => Promise<void>): void {
  Deno.test(`${name} (memory)`, () => run(memoryCells()));
  Deno.test(`${name} (Deno KV)`, async () => {
    using kv = await Deno.openKv(":memory:");
    await run(denoCells(kv));
  });
}
