/** `deno run -A tests/bench/stress.ts [overload] [fsync] [fanout] [cut] [kill] [restart]`: the loads of a bad day, one by one or all. */
import { CALM, startServer } from "../kit/server.ts";
import { createWorlds } from "./load.ts";
import { overload } from "./overload.ts";
import type { Row } from "./report.ts";
import { fanout } from "./fanout.ts";
import { restart } from "./restart.ts";
import { slowFsync } from "./slow_fsync.ts";
import { storm } from "./storm.ts";

const WORLDS = 500;

async function overloadRows(): Promise<readonly Row[]> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-overload-" });
  const server = await startServer({ data, env: CALM });
  try {
    const players = await createWorlds(server.url, WORLDS);
    return await overload(players);
  } finally {
    await server.stop();
    await Deno.remove(data, { recursive: true });
  }
}

/** By name; each starts a server of its own. */
export const STRESS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  overload: overloadRows,
  fsync: slowFsync,
  fanout,
  cut: () => storm("cut"),
  kill: () => storm("kill"),
  restart: async () => [...await restart("SIGTERM"), ...await restart("SIGKILL")],
};

if (import.meta.main) {
  for (const name of Deno.args.length > 0 ? Deno.args : Object.keys(STRESS)) {
    const rows = await STRESS[name]?.() ?? [];
    for (const { what, figure, mark, met } of rows) {
      console.log(`${met ? "ok  " : "miss"} ${what}: ${figure} (${mark})`);
    }
  }
}
