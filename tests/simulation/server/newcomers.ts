/** A world is taken in from a file while people play, and those who sat in it come back by their return keys. */
import { base62, freshId } from "../../../host/deps.ts";
import type { EnginePort } from "../../../host/engine_port.ts";
import { exportWorld } from "../../../host/export_world.ts";
import { importWorld } from "../../../host/import_world.ts";
import { type StoredWorld, storeImport } from "../../../host/store_import.ts";
import { memoryCells } from "../../../kv/memory_cells.ts";
import { STEADY } from "../../../kv/pace.ts";
import type { Store } from "../../../kv/ports.ts";
import { createStore } from "../../../kv/store.ts";
import type { JsonRecord } from "../../kit/client.ts";
import { type Backup, copyTo } from "./backup.ts";
import type { Chance } from "./chance.ts";
import { Client } from "./client.ts";
import type { Stage } from "./stage.ts";

export interface Importer {
  readonly engine: EnginePort;
  readonly chance: Pick<Chance, "bytes">;
  /** The store as the server has it, with everything that can happen to it. */
  readonly store: Store;
  readonly now: () => number;
}

/** Reads a world out of a copy of the disk and stores it under a new id; undefined where its beginning was dropped. */
export async function takeIn(
  copy: Backup,
  world: string,
  { engine, chance, store, now }: Importer,
): Promise<StoredWorld | undefined> {
  const cells = memoryCells();
  await copyTo(cells, copy);
  const source = createStore(cells);
  if (await source.readLogState(world).then((state) => (state?.first ?? 1) > 1)) return undefined;
  const id = () => freshId("a", chance.bytes);
  const fresh = freshId("w", chance.bytes);
  const from = { exportedAt: now(), version: "0.0.0-sim", store: "sim", pace: STEADY };
  async function* file() {
    yield* exportWorld(source, engine, world, from);
    yield { type: "end", key: "00".repeat(32) } as const;
  }
  const lines = importWorld(file(), engine, { world: fresh, invite: base62(chance.bytes(12)), account: id }, STEADY);
  return await storeImport(fresh, lines, { store, engine, now, randomBytes: chance.bytes, pace: STEADY });
}

/** Comes back as each of those who sat there, whatever it takes. */
export async function comeIn(stage: Stage, { world, seats }: StoredWorld, name: string): Promise<readonly Client[]> {
  const clients: Client[] = [];
  for (const [i, seat] of seats.entries()) {
    const { restores } = stage.truth;
    const signedIn = await insist(stage, { key: seat.returnKey, token: true });
    const token = String(signedIn.token);
    const session = await sessionOf(stage, token);
    // The world may have gone with a restore, and the key with it.
    if (session === undefined || restores !== stage.truth.restores) return clients;
    clients.push(
      new Client({
        stage,
        name: `${name}${i}`,
        token,
        account: String(signedIn.account),
        session,
        lane: 0,
        world,
        invite: "",
        transport: "socket",
        window: 2,
        sendsEpoch: true,
      }),
    );
  }
  return clients;
}

async function insist(stage: Stage, params: JsonRecord): Promise<JsonRecord> {
  const text = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "v1.session.return", params });
  for (;;) {
    const answer = Promise.withResolvers<JsonRecord | undefined>();
    const given = [{ id: 1, rid: "r-coming-back", first: false }];
    stage.agenda.after(2_000, () => answer.resolve(undefined));
    stage.network.call({ text, token: undefined, given }, ([message]) => answer.resolve(message));
    const message = await answer.promise;
    if (message?.result !== undefined) return message.result as JsonRecord;
    const data = (message?.error as JsonRecord | undefined)?.data as JsonRecord | undefined;
    // A key that was restored away opens no door any more.
    if (data?.code === "auth/wrong_credentials") return {};
    const pause = Promise.withResolvers<void>();
    stage.agenda.after(500, pause.resolve);
    await pause.promise;
  }
}

async function sessionOf(stage: Stage, token: string): Promise<string | undefined> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      const caller = await stage.network.process?.host.authenticate(token);
      if (caller !== undefined) return caller.session;
    } catch {
      // The store cannot be read just now.
    }
    const pause = Promise.withResolvers<void>();
    stage.agenda.after(200, pause.resolve);
    await pause.promise;
  }
  return undefined;
}
