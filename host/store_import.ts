import type { AccountRecord, Change, Json, Pack, Prepared, Snapshot, Store, Subject } from "../kv/ports.ts";
import { freshId } from "./deps.ts";
import type { EnginePort } from "./engine_port.ts";
import { hex } from "./identity.ts";
import type { ImportedSeat, ImportedWorld, ImportLine } from "./import_world.ts";
import { newReturnKey, readReturnKey } from "./return_key_text.ts";
import { hashOf } from "./session.ts";

/** Share of an atomic's limits one write takes: players' commands come between. */
const USED = 0.3;

export interface ImportShop {
  readonly store: Store;
  readonly engine: Pick<EnginePort, "stateVersion" | "viewVersion">;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Rests between writes. */
  readonly pace: (workedMs: number) => Promise<void>;
  /** Whether the disk has room for new worlds, asked before each write; absent: nobody watches it. */
  readonly hasRoom?: () => boolean;
}

/** The disk is down to what is held for those who play. The message is one plain sentence for the operator. */
export class NoRoomForImport extends Error {
  override readonly name = "NoRoomForImport";

  constructor() {
    super("Cannot import the world as the disk has too little room for new ones: make room, then import it again");
  }
}

/** Throws {@link NoRoomForImport} where there is too little room. */
export function mustHaveRoom({ hasRoom }: Pick<ImportShop, "hasRoom">): void {
  if (hasRoom?.() === false) throw new NoRoomForImport();
}

/** Bits of chance in the epoch of an imported world. */
const EPOCH_CHANCE = 20;

/** A world that is playable here now. */
export interface StoredWorld {
  readonly world: string;
  readonly name: string;
  readonly entries: number;
  readonly epoch: number;
  /** By its return key whoever sat there comes back, with their characters. */
  readonly seats: readonly {
    readonly name: string;
    readonly returnKey: string;
    readonly characters: readonly string[];
  }[];
}

/**
 * Writes an imported world. Its log and states go first, under an id nobody knows; the last atomic makes the world, a
 * new account for each seat and the keys to them true together, with a new epoch. Cut short before that, there is no
 * world: a few records nobody asks for stay behind. Throws {@link NoRoomForImport} once the disk runs short.
 */
export async function storeImport(
  world: string,
  lines: AsyncIterable<ImportLine>,
  shop: ImportShop,
): Promise<StoredWorld> {
  const { store, pace, randomBytes } = shop;
  let waiting: Prepared[] = [];
  let state: Snapshot | undefined;

  async function flush(): Promise<void> {
    const began = performance.now();
    mustHaveRoom(shop);
    await mustCommit(store, { id: freshId("k", randomBytes), subjects: [], changes: waiting });
    waiting = [];
    await pace(performance.now() - began);
  }

  for await (const line of lines) {
    switch (line.type) {
      case "base":
        if (!await store.writeBase(world, line.snapshot)) throw notStored(world);
        break;
      case "entry": {
        const prepared = store.prepare([{ type: "entry", world, entry: line.entry }]);
        if (isFull([...waiting, prepared], store)) await flush();
        waiting.push(prepared);
        break;
      }
      case "state":
        state = line.snapshot;
        break;
      case "done":
        if (waiting.length > 0) await flush();
        if (state === undefined || line.imported.world !== world) throw notStored(world);
        return await adopt(line.imported, state, shop);
    }
  }
  throw notStored(world);
}

/** The last step: before it there is no such world, after it there is all of it. */
async function adopt(imported: ImportedWorld, state: Snapshot, shop: ImportShop): Promise<StoredWorld> {
  const { store, engine, now, randomBytes } = shop;
  const { world, name, n, seq, entries, seats } = imported;
  mustHaveRoom(shop);
  const epoch = Math.max(imported.epoch + 1, Math.floor(now() / 1_000)) + chanceOf(EPOCH_CHANCE, randomBytes);
  if (!await store.writeSnapshot(world, state, [])) throw notStored(world);
  const head = { n, epoch, commit: "", seq, state: engine.stateVersion, view: engine.viewVersion };
  const comers = seats.map((seat) => ({ seat, ...comerOf(imported, seat, shop) }));
  const subjects: Subject[] = [
    { owner: { type: "world", id: world }, stamp: null, head },
    ...comers.map((
      { account },
    ) => ({ owner: { type: "account", id: account.id }, stamp: null, head: account } as const)),
  ];
  const changes = [store.prepare(comers.flatMap((comer) => comer.changes))];
  await mustCommit(store, { id: freshId("k", randomBytes), subjects, changes });
  return {
    world,
    name,
    entries,
    epoch,
    seats: comers.map(({ seat, returnKey }) => ({
      name: seat.name,
      returnKey,
      characters: seat.characters.map(({ sheet }) => nameOf(sheet)),
    })),
  };
}

/** A guest account for whoever sat there: its seat, its characters away in this world, and the key to it. */
function comerOf({ world, name, createdAt }: ImportedWorld, seat: ImportedSeat, { now, randomBytes }: ImportShop) {
  const returnKey = newReturnKey(randomBytes);
  const keyHash = hashOf(readReturnKey(returnKey) ?? returnKey);
  const account: AccountRecord = {
    id: seat.account,
    name: seat.name,
    tier: "guest",
    createdAt: now(),
    n: 1,
    commit: "",
    seed: hex(randomBytes(16)),
    open: {},
    returnKey: keyHash,
  };
  const changes: Change[] = [
    { type: "returnKey", keyHash, account: account.id },
    {
      type: "seat",
      account: account.id,
      world,
      value: { world, seat: seat.seat, name, createdAt, roles: seat.roles },
    },
    ...seat.characters.map(({ id, sheet }): Change => ({
      type: "character",
      account: account.id,
      id,
      value: { id, sheet, away: world },
    })),
  ];
  return { account, returnKey, changes };
}

/**
 * So many bits. Worlds out of one file share their seed, and dice come from seed, epoch and place in the log: with one
 * epoch, as of two imports within a second, what is rolled in one world would tell what the other is going to roll.
 */
function chanceOf(bits: number, randomBytes: ImportShop["randomBytes"]): number {
  return randomBytes(4).reduce((value, byte) => value * 256 + byte, 0) % 2 ** bits;
}

function isFull(changes: readonly Prepared[], { limits }: Store): boolean {
  const sum = (of: (one: Prepared) => number) => changes.reduce((all, one) => all + of(one), 0);
  return changes.length > 1 && (
    sum((one) => one.bytes) > limits.bytes * USED || sum((one) => one.keyBytes) > limits.keyBytes * USED ||
    sum((one) => one.mutations) > limits.mutations * USED
  );
}

/** The same pack again after a throw, whose outcome is unknown: nobody else writes under this id. */
async function mustCommit(store: Store, pack: Pack): Promise<void> {
  const result = await store.commit(pack).catch(() => undefined) ?? await store.commit(pack);
  if (result.ok) return;
  const [first] = pack.subjects;
  const there = first?.owner.type === "world" ? (await store.readHead(first.owner.id))?.value.commit : undefined;
  if (there !== pack.id) throw new Error("Cannot import the world as the store refuses the write");
}

function notStored(world: string): Error {
  return new Error(`Cannot import the world as ${world} did not come back as written`);
}

function nameOf(sheet: Json): string {
  return typeof sheet === "object" && sheet !== null && "name" in sheet ? String(sheet.name) : "";
}
