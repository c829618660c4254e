import type { JsonObject } from "../host/api.ts";
import { base62, freshId } from "../host/deps.ts";
import { type ImportShop, mustHaveRoom, storeImport } from "../host/store_import.ts";
import { dataPaths } from "../kv/directory.ts";
import { readImportLines } from "../kv/import_lines.ts";
import { openStoreCopy } from "../kv/store_copy.ts";
import { runStoreJob } from "./run_store_job.ts";
import type { StoreJob } from "./store_job.ts";
import { importedWorld } from "./transfer.ts";
import { VERSION } from "./version.ts";

/** Directories of the data directory through which the operator's commands and the server hand each other files. */
export function exchangePaths(data: string): { readonly exports: string; readonly imports: string } {
  return { exports: `${data}/exports`, imports: `${data}/imports` };
}

/** Worlds in and out of a store: read and replayed in a worker, or by `run`, and written by the one who may. */
export class WorldExchange {
  readonly #data: string;
  readonly #shop: ImportShop;
  readonly #run: (job: StoreJob) => Promise<unknown>;

  constructor(data: string, shop: ImportShop, run: (job: StoreJob) => Promise<unknown> = runStoreJob) {
    this.#data = data;
    this.#shop = shop;
    this.#run = run;
  }

  /** Writes a world into a new file of the exports; answers with its name. */
  async exportWorld(world: string): Promise<JsonObject> {
    const { exports } = exchangePaths(this.#data);
    const { now, randomBytes } = this.#shop;
    await Deno.mkdir(exports, { recursive: true, mode: 0o700 });
    const name = `${freshId(world, randomBytes)}.goldbox`;
    const { store } = dataPaths(this.#data);
    await this.#run({ type: "export", store, world, file: `${exports}/${name}`, version: VERSION, now: now() });
    return { file: name };
  }

  /** Takes in a world from a file of the imports, which is removed, whatever comes of it. */
  async importWorld(name: string): Promise<JsonObject> {
    const { imports } = exchangePaths(this.#data);
    const { randomBytes } = this.#shop;
    const world = freshId("w", randomBytes);
    const file = `${imports}/${name}`;
    const out = `${imports}/${world}.lines`;
    try {
      // What is read is written once more before it is stored: neither is begun without room.
      mustHaveRoom(this.#shop);
      const invite = base62(randomBytes(12));
      const { store, key } = importedWorld.parse(await this.#run({ type: "import", file, out, world, invite }));
      const stored = await storeImport(world, readImportLines(out, importedWorld), this.#shop);
      const own = await this.#ownKey() === key;
      return { ...stored, seats: stored.seats.map((seat) => ({ ...seat })), from: { store, key, own } };
    } finally {
      for (const left of [file, out]) await Deno.remove(left).catch(() => undefined);
    }
  }

  async #ownKey(): Promise<string | undefined> {
    const copy = await openStoreCopy(dataPaths(this.#data).store, { whole: false });
    try {
      return (await copy.signingKey())?.publicKey;
    } finally {
      copy.close();
    }
  }
}
