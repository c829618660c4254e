import { parseArgs } from "node:util";
import { z } from "zod";
import type { JsonObject } from "../host/api.ts";
import type { Config } from "../host/config.ts";
import { WorldDoesNotReplay } from "../host/import_world.ts";
import { DamagedRecord, type OpenStore, openStore } from "../kv/mod.ts";
import { WorldFileUnusable } from "../kv/world_file.ts";
import { findServer, type RunningServer } from "./ask_server.ts";
import { loadConfig } from "./load_config.ts";
import { type CliContext, EXIT, StartFault, type Subcommand, UsageFault } from "./subcommand.ts";
import { VERSION } from "./version.ts";
import { exchangePaths, WorldExchange } from "./world_exchange.ts";
import { createRules } from "../host/rules.ts";
import { runHere } from "./store_tasks.ts";
import { STEADY } from "../kv/pace.ts";

const exported = z.looseObject({ file: z.string() });
const imported = z.looseObject({
  world: z.string(),
  name: z.string(),
  entries: z.number(),
  from: z.object({ store: z.string(), key: z.string(), own: z.boolean() }),
  seats: z.array(z.object({ name: z.string(), returnKey: z.string(), characters: z.array(z.string()) })),
});

export const world: Subcommand = {
  name: "world",
  usage: "export WORLD --out FILE | import FILE",
  about: "Carry one world to another server as a signed file, with its whole log",
  async run(context) {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { out: { type: "string" } },
      allowPositionals: true,
    });
    const [action, what, ...rest] = positionals;
    if (what === undefined || rest.length > 0 || (action === "export") !== (values.out !== undefined)) {
      throw new UsageFault("Say what to do: world export WORLD --out FILE | world import FILE");
    }
    const config = loadConfig(context);
    try {
      if (action === "export") await exportTo(config, what, values.out ?? "", context);
      else if (action === "import") await importFrom(config, what, context);
      else throw new UsageFault("Say what to do: world export WORLD --out FILE | world import FILE");
      return EXIT.ok;
    } catch (fault) {
      const known = fault instanceof WorldFileUnusable || fault instanceof WorldDoesNotReplay ||
        fault instanceof DamagedRecord || fault instanceof RangeError;
      if (!known) throw fault;
      context.err(fault.message);
      return EXIT.failed;
    }
  },
};

async function exportTo(config: Config, id: string, out: string, context: CliContext): Promise<void> {
  if (!/^w_[A-Za-z0-9_-]{1,40}$/.test(id)) throw new UsageFault(`${id} is no id of a world`);
  await makeNew(out);
  try {
    const { file } = exported.parse(
      await withWorlds(config, {
        asked: (server) => server.job("admin.worldExport", { world: id }),
        alone: (exchange) => exchange.exportWorld(id),
      }),
    );
    await take(`${exchangePaths(config.data).exports}/${file}`, out);
  } catch (fault) {
    await Deno.remove(out);
    throw fault;
  }
  context.out(`Exported ${id} to ${out}: it holds everything, its secrets too; give it to nobody who plays in it`);
}

async function importFrom(config: Config, file: string, context: CliContext): Promise<void> {
  const { imports } = exchangePaths(config.data);
  const name = `${crypto.randomUUID()}.goldbox`;
  const found = await Deno.stat(file).catch(() => undefined);
  if (found?.isFile !== true) throw new StartFault(`Cannot import ${file} as there is no such file`);
  const made = withWorlds(config, {
    before: async () => {
      await Deno.mkdir(imports, { recursive: true, mode: 0o700 });
      await Deno.copyFile(file, `${imports}/${name}`);
      await Deno.chmod(`${imports}/${name}`, 0o600);
    },
    asked: (server) => server.job("admin.worldImport", { file: name }),
    alone: (exchange) => exchange.importWorld(name),
  });
  // Whoever took it in has removed it; a server that never came to it has not.
  const result = imported.parse(await made.finally(() => Deno.remove(`${imports}/${name}`).catch(() => undefined)));
  const { from, seats, entries } = result;
  context.out(`Imported ${plain(result.name)} as ${result.world}: ${entries} entries replay to the same state`);
  context.out(
    from.own
      ? "The file was signed by this store"
      : `The file was signed by another store, ${
        plain(from.store)
      }, whose key is ${from.key}: trust it as you trust its operator`,
  );
  for (const seat of seats) {
    const who = seat.characters.length === 0 ? "" : ` (${seat.characters.map(plain).join(", ")})`;
    context.out(`${plain(seat.name)}${who} comes back by the return key ${seat.returnKey}`);
  }
}

/** Names out of a file somebody brought, without what a terminal would obey. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "?").slice(0, 80);
}

interface Ways {
  /** What both need done first, once it is known who has the store. */
  readonly before?: () => Promise<void>;
  readonly asked: (server: RunningServer) => Promise<JsonObject>;
  readonly alone: (exchange: WorldExchange) => Promise<JsonObject>;
}

/** By the running server, or alone under the lock. */
async function withWorlds(config: Config, { before, asked, alone }: Ways): Promise<JsonObject> {
  const server = await findServer(config);
  if (server !== undefined) {
    await before?.();
    return await asked(server);
  }
  const opened: OpenStore = await openStore({
    directory: config.data,
    existing: true,
    version: VERSION,
    now: () => Date.now(),
  });
  try {
    await before?.();
    const shop = {
      store: opened.store,
      engine: createRules(),
      now: () => Date.now(),
      randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
      pace: STEADY,
    };
    return await alone(new WorldExchange(config.data, shop, runHere));
  } finally {
    await opened.close(true);
  }
}

/** Makes the file before there is anything to put into it: what cannot be written is known at once. */
async function makeNew(path: string): Promise<void> {
  try {
    (await Deno.open(path, { write: true, createNew: true, mode: 0o600 })).close();
  } catch (cause) {
    const why = cause instanceof Deno.errors.AlreadyExists ? "there is such a file already" : unwritable(cause);
    throw new StartFault(`Cannot export to ${path} as ${why}`, { cause });
  }
}

/** Moves what was made to where it is wanted, which may be another disk. It holds secrets, so it never stays behind. */
async function take(made: string, out: string): Promise<void> {
  try {
    await Deno.copyFile(made, out);
  } catch (cause) {
    throw new StartFault(`Cannot export to ${out} as ${unwritable(cause)}`, { cause });
  } finally {
    await Deno.remove(made);
  }
}

function unwritable(cause: unknown): string {
  return `it cannot be written (${cause instanceof Error ? cause.name : String(cause)})`;
}
