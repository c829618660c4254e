import type { Cell, Cells, Key } from "./cells.ts";
import { encodeValue } from "./codec.ts";
import { commitPack } from "./commit.ts";
import { DamagedRecord } from "./errors.ts";
import { hasEntriesAfter, readEntries } from "./entries.ts";
import {
  charactersPrefix,
  headKey,
  lanePrefix,
  metaStoreKey,
  returnKeyKey,
  seatsPrefix,
  sessionIdKey,
  sessionKey,
  showKey,
  worldIndexKey,
} from "./keys.ts";
import { RECEIPTS_PER_LANE } from "./keys.ts";
import { ownedCells } from "./owned_cells.ts";
import type { Stamped, Store } from "./ports.ts";
import { prepareChanges } from "./prepare.ts";
import {
  accountRecord,
  readRecord,
  receipt,
  returnKeyAccount,
  rosterRecord,
  seatRecord,
  sessionHash,
  sessionRecord,
  worldHead,
} from "./records.ts";
import { readSnapshot, readSnapshotMarks, writeSnapshot } from "./snapshots.ts";
import { createUpkeep } from "./upkeep.ts";
import { listWorlds } from "./world_index.ts";

/** Most characters or seats one account may list: one batch. */
const LIST_LIMIT = 200;

/** What a head takes of an atomic, with room to spare: the packer must never count too little. */
const HEAD_BYTES = { world: 1_024, account: 16_384 };
const HEAD_KEY_BYTES = 128;

/**
 * The store over any cells. `ownerStamp` is the stamp of this process's owner record, checked in every write to a local
 * file; absent where several processes may write. `packedTogether`: how many entries one packed value holds, fewer than
 * on a server where a simulation wants some in a short log.
 */
export function createStore(cells: Cells, ownerStamp?: string, packedTogether?: number): Store {
  const owned = ownedCells(cells, ownerStamp);

  async function one<T>(key: Key, shape: { parse(value: unknown): T }): Promise<Stamped<T> | undefined> {
    const cell = await cells.get(key);
    return cell && { value: readRecord([cell], shape), stamp: cell.stamp };
  }

  async function all<T>(prefix: Key, shape: { parse(value: unknown): T }): Promise<readonly T[]> {
    const found: readonly Cell[] = await cells.list({ prefix, limit: LIST_LIMIT });
    return found.map((cell) => readRecord([cell], shape));
  }

  return {
    ...createUpkeep(owned, packedTogether),
    limits: cells.limits,
    headBytes: HEAD_BYTES,
    headKeyBytes: HEAD_KEY_BYTES,
    prepare: (changes) => prepareChanges(changes, cells.limits),
    commit: (pack) => commitPack(cells, ownerStamp, pack),

    listWorlds: (after, limit) => listWorlds(cells, after, limit),
    async readHead(world) {
      const key = headKey({ type: "world", id: world });
      const head = await one(key, worldHead);
      if (head !== undefined || await cells.get(worldIndexKey(world)) === undefined) return head;
      // It may have been made just now: then both are there.
      const now = await one(key, worldHead);
      if (now === undefined) throw new DamagedRecord(showKey(key), "it is missing, though the world is listed");
      return now;
    },
    readEntries: (world, from, to) => readEntries(cells, world, from, to),
    hasEntriesAfter: (world, n) => hasEntriesAfter(cells, world, n),
    async readReceipts(owner, session, lane) {
      const found = await cells.list({ prefix: lanePrefix(owner, session, lane), limit: RECEIPTS_PER_LANE });
      return found.map((cell) => readRecord([cell], receipt));
    },
    readSnapshotMarks: (world) => readSnapshotMarks(cells, world),
    readSnapshot: (world, mark) => readSnapshot(cells, world, mark),
    writeSnapshot: (world, snapshot, receipts) => writeSnapshot(owned, world, snapshot, receipts),

    readAccount: (account) => one(headKey({ type: "account", id: account }), accountRecord),
    readRoster: (account) => all(charactersPrefix(account), rosterRecord),
    readSeats: (account) => all(seatsPrefix(account), seatRecord),
    readSession: (tokenHash) => one(sessionKey(tokenHash), sessionRecord),
    readSessionHash: async (session) => (await one(sessionIdKey(session), sessionHash))?.value.hash,
    async writeSession(tokenHash, stamp, value) {
      const key = sessionKey(tokenHash);
      const { list } = prepareChanges([{ type: "session", tokenHash, value }], cells.limits);
      return await owned.commit([{ key, stamp }], list) !== undefined;
    },
    async endSession(session) {
      const key = sessionIdKey(session);
      const found = await one(key, sessionHash);
      if (found === undefined) return;
      await owned.commit([], [{ key, value: undefined }, { key: sessionKey(found.value.hash), value: undefined }]);
    },
    readReturnKey: async (keyHash) => (await one(returnKeyKey(keyHash), returnKeyAccount))?.value.account,

    async probe() {
      const key: Key = [...metaStoreKey, "probe"];
      await owned.commit([], [{ key, value: encodeValue(1) }]);
      await owned.commit([], [{ key, value: undefined }]);
    },
    watchWorlds: (worlds, signal) => cells.watch(worlds.map((id) => headKey({ type: "world", id })), signal),
    close: () => cells.close(),
  };
}
