import { assert, assertEquals, assertMatch } from "@std/assert";
import { exportWorld } from "../host/export_world.ts";
import { importWorld } from "../host/import_world.ts";
import { createRules } from "../host/rules.ts";
import type { LogEntry, Store } from "../kv/ports.ts";
import type { WorldFileLine } from "../kv/world_file.ts";
import { chanceOf, playEvening } from "../tests/contract/evening.ts";
import { openHouse } from "../tests/contract/house.ts";
import { layTable } from "../tests/contract/table.ts";
import { verifyWorldFile } from "./verify_file.ts";

const engine = createRules();
const pace = () => Promise.resolve();

async function playedWorld(): Promise<readonly WorldFileLine[]> {
  let kept: Store | undefined;
  const house = openHouse({ seed: 21, store: (store) => kept = store });
  const table = await layTable(house);
  await playEvening(table, { commands: 60, chance: chanceOf(9), nonsense: 0.1 });
  assert(kept !== undefined);
  const from = { exportedAt: 1, version: "0.0.0", store: "st_1", pace };
  const lines = await Array.fromAsync(exportWorld(kept, engine, table.world, from));
  await house.close();
  return lines;
}

async function* each<T>(lines: readonly T[]): AsyncGenerator<T> {
  for (const line of lines) yield await Promise.resolve(line);
}

/** The lines an import would write, as they would be exported again. */
async function imported(lines: readonly WorldFileLine[]): Promise<readonly WorldFileLine[]> {
  let accounts = 0;
  const ids = { world: "w_there", invite: "there", account: () => `a_there${++accounts}` };
  const end = { type: "end", key: "" } as const;
  const written = await Array.fromAsync(importWorld(each([...lines, end]), engine, ids, pace));
  const header = lines.flatMap((line) => (line.type === "world" ? [{ ...line, world: "w_there" }] : []));
  const rest = written.flatMap((line) => (line.type === "done" ? [] : [line]));
  return [...header, ...rest];
}

Deno.test("verifyWorldFile() proves the dice of an exported world, also once it was imported under other ids", async () => {
  const lines = await playedWorld();
  const here = await verifyWorldFile(each(lines), engine);
  const there = await verifyWorldFile(each(await imported(lines)), engine);

  assertEquals([here.fault, here.dice.proven, here.compared], [undefined, here.entries, 1]);
  assertEquals([there.fault, there.world, there.dice], [undefined, "w_there", here.dice]);
  assert(here.dice.rolls > 0);
});

Deno.test("verifyWorldFile() finds the first entry that was changed", async () => {
  const lines = await playedWorld();
  const at = lines.findIndex((line) => line.type === "entry" && hasRoll(line.entry));
  const changed = lines.map((line, i): WorldFileLine => {
    if (i !== at || line.type !== "entry") return line;
    const events = JSON.parse(JSON.stringify(line.entry.events).replace(/"rolls":\[\d+/, `"rolls":[77`));
    return { type: "entry", entry: { ...line.entry, events } };
  });

  const { fault = "" } = await verifyWorldFile(each(changed), engine);

  assertMatch(fault, new RegExp(`^at entry ${at}, event \\d+ .*rolls/0\\) the seed gives \\d+, but 77 is stored$`));
});

function hasRoll({ events }: LogEntry): boolean {
  return /"rolls":\[\d+/.test(JSON.stringify(events));
}
