import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Json, Snapshot } from "../kv/ports.ts";
import { STEADY } from "../kv/pace.ts";
import type { WorldFileEnd, WorldFileLine } from "../kv/world_file.ts";
import { exportWorld } from "./export_world.ts";
import { command, guest, newWorld, resultOf, testHost } from "./host_fixture.ts";
import { type ImportLine, importWorld, WorldDoesNotReplay } from "./import_world.ts";
import { foldEntry } from "./load_world.ts";
import { startPosition } from "./position.ts";
import { smallRules } from "./small_rules_fixture.ts";
import { NoRoomForImport, storeImport } from "./store_import.ts";

type Line = WorldFileLine | WorldFileEnd;

const END: WorldFileEnd = { type: "end", key: "00".repeat(32) };
const engine = smallRules();
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));

/** A played world as the lines of its file. */
async function played(steps: number) {
  const { host, store } = testHost({ options: { snapshotEvery: 50 } });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  for (let cseq = 1; cseq <= steps; cseq++) resultOf(await host.submit(ada, command(world, cseq)));
  const view = resultOf(await host.view(ada, world, "party"));
  await host.stop();
  const more = { exportedAt: 1, version: "0.1.0", store: "there", pace: STEADY };
  const lines: Line[] = [...await Array.fromAsync(exportWorld(store, engine, world, more)), END];
  return { lines, world, view, account: ada.account };
}

async function* each<T>(lines: readonly T[]): AsyncGenerator<T> {
  for (const line of lines) yield await Promise.resolve(line);
}

let made = 0;
function imported(lines: readonly Line[]): Promise<ImportLine[]> {
  const ids = { world: "w_fresh", invite: "fresh", account: () => `a_fresh${++made}` };
  return Array.fromAsync(importWorld(each(lines), engine, ids, STEADY));
}

function stateText(value: unknown): string {
  return JSON.stringify(value);
}

Deno.test("a world taken in stands where it stood, under new ids, and its player comes back by a return key", async () => {
  const { lines, world, view, account } = await played(130);
  const found = await imported(lines);
  const store = memoryStore();
  const now = () => 1_795_334_400_000;
  const stored = await storeImport("w_fresh", each(found), { store, engine, now, randomBytes, pace: STEADY });

  assertEquals([stored.entries, stored.seats.map(({ name }) => name)], [132, ["Ada"]]);
  assert(stored.epoch > view.epoch || view.epoch === stored.epoch - 1);
  const { host } = testHost({ store });
  const { caller } = resultOf(await host.comeBack({ key: stored.seats[0]?.returnKey ?? "", lang: "en" }));
  const after = resultOf(await host.view(caller, "w_fresh" as typeof world, "party"));
  assertEquals(after.seq, view.seq);
  assertEquals((await host.worlds(caller)).map((one) => one.world), ["w_fresh"]);
  const next = resultOf(await host.submit(caller, command("w_fresh" as typeof world, 1)));
  assertEquals([next["seq"], next["epoch"]], [view.seq + 1, stored.epoch]);
  const { value: head } = await store.readHead("w_fresh") ?? {};
  const log = stateText(await store.readEntries("w_fresh", 1, head?.n ?? 0));
  assert(!log.includes(world) && !log.includes(account), "nothing here is called what it was there");
  await host.stop();

  // It replays from its beginning as well, and goes on as a file.
  const more = { exportedAt: 1, version: "0.1.0", store: "here", pace: STEADY };
  const again = await Array.fromAsync(exportWorld(store, engine, "w_fresh", more));
  assertEquals((await imported([...again, END])).at(-1)?.type, "done");
});

Deno.test("a world whose oldest entries were dropped is taken in with the state before its log", async () => {
  const { lines, world } = await played(60);
  const entries = lines.flatMap((line) => line.type === "entry" ? [line.entry] : []);
  const cut = 20;
  const before = entries.slice(0, cut).reduce(
    (at, entry) => foldEntry(engine, at, entry),
    startPosition(engine, world),
  );
  const base: Snapshot = { n: cut, at: before.at, epoch: 1, seq: before.seq, state: before.state as object as Json };
  const [header, ...rest] = lines;
  assert(header?.type === "world");
  const short: Line[] = [
    { ...header, first: cut + 1 },
    { type: "base", snapshot: base },
    ...rest.filter((line) => line.type !== "entry" || line.entry.n > cut),
  ];

  const store = memoryStore();
  const now = () => 1_795_334_400_000;
  const found = await imported(short);
  await storeImport("w_fresh", each(found), { store, engine, now, randomBytes, pace: STEADY });
  assertEquals((await store.readLogState("w_fresh"))?.first, cut + 1);
  const more = { exportedAt: 1, version: "0.1.0", store: "here", pace: STEADY };
  const again = await Array.fromAsync(exportWorld(store, engine, "w_fresh", more));
  assertEquals(again.slice(0, 2).map(({ type }) => type), ["world", "base"]);
});

Deno.test("two worlds out of one file taken in within one second have histories, and so dice, of their own", async () => {
  const { lines } = await played(3);
  const found = await imported(lines);
  const now = () => 1_795_334_400_000;
  const epochs: number[] = [];
  for (const chance of [7, 8]) {
    const drawn = (count: number) => new Uint8Array(count).fill(chance);
    const shop = { store: memoryStore(), engine, now, randomBytes: drawn, pace: STEADY };
    epochs.push((await storeImport("w_fresh", each(found), shop)).epoch);
  }

  const [one, other] = epochs;
  assert(one !== other, `both have ${one}`);
  for (const epoch of epochs) assert(epoch >= now() / 1_000, `${epoch} has been`);
});

Deno.test("without room on the disk nothing is taken in, and what ran short meanwhile is no world", async () => {
  const { lines } = await played(3);
  const found = await imported(lines);
  const store = memoryStore();
  let asked = 0;
  const shop = { store, engine, now: () => 1_795_334_400_000, randomBytes, pace: STEADY };

  for (const room of [0, 1]) {
    asked = 0;
    await assertRejects(
      () => storeImport("w_fresh", each(found), { ...shop, hasRoom: () => asked++ < room }),
      NoRoomForImport,
      "the disk has too little room",
    );
    assertEquals(await store.listWorlds(undefined, 10), []);
  }
  const stored = await storeImport("w_fresh", each(found), { ...shop, hasRoom: () => true });
  assertEquals(stored.entries, 5);
});

Deno.test("lines that do not lead to their state, in whatever way, are refused", async () => {
  const { lines } = await played(110);
  const at = (n: number) => lines.findIndex((line) => line.type === "entry" && line.entry.n === n);
  const change = (index: number, edit: (line: Line) => Line | undefined) =>
    lines.flatMap((line, i) => i === index ? edit(line) ?? [] : [line]);
  const tries: readonly (readonly [what: string, lines: readonly Line[]])[] = [
    ["an entry is missing", change(at(7), () => undefined)],
    ["an entry stands twice", lines.flatMap((line, i) => i === at(7) ? [line, line] : [line])],
    [
      "an event is unknown",
      change(
        at(7),
        (line) => line.type === "entry" ? { ...line, entry: { ...line.entry, events: [{ type: "Nonsense" }] } } : line,
      ),
    ],
    [
      "an entry lost its events",
      change(at(7), (line) => line.type === "entry" ? { ...line, entry: { ...line.entry, events: [] } } : line),
    ],
    [
      "a hash is another",
      change(
        at(100),
        (line) => line.type === "entry" ? { ...line, entry: { ...line.entry, hash: "0000000000000000" } } : line,
      ),
    ],
    [
      "the state is that of an earlier hour",
      lines.map((line) =>
        line.type === "state" ? { ...line, snapshot: { ...line.snapshot, n: line.snapshot.n - 1 } } : line
      ),
    ],
    [
      "the header names another world",
      change(0, (line) => line.type === "world" ? { ...line, world: "w_other" } : line),
    ],
    ["the header promises more", change(0, (line) => line.type === "world" ? { ...line, n: line.n + 1 } : line)],
    ["the beginning is missing", change(0, (line) => line.type === "world" ? { ...line, first: 2 } : line)],
    ["there is no state", lines.filter(({ type }) => type !== "state")],
    ["there is no end", lines.slice(0, -1)],
    ["the header is missing", lines.slice(1)],
  ];
  for (const [what, wrong] of tries) {
    const fault = await assertRejects(() => imported(wrong), WorldDoesNotReplay, undefined, what);
    if (fault instanceof Error) assertMatch(fault.message, /^Cannot import the world as /);
  }
});
