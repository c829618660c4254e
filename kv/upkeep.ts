import type { Cells } from "./cells.ts";
import { dropOldest, readBase, readOldestPacked, writeBase } from "./dropping.ts";
import { clearDue, isDue, listDue } from "./due.ts";
import { readLogState } from "./log_state.ts";
import { packEntries } from "./packing.ts";
import {
  hasSession,
  listAccounts,
  listReceiptSessions,
  listSessions,
  removeAccount,
  removeReceipts,
  removeSession,
} from "./sweeping.ts";
import type { Upkeep } from "./upkeep_port.ts";

export function createUpkeep(cells: Cells, packedTogether?: number): Upkeep {
  return {
    readLogState: async (world) => (await readLogState(cells, world))?.value,
    packEntries: (world) => packEntries(cells, world, packedTogether),
    readOldestPacked: (world) => readOldestPacked(cells, world),
    dropOldest: (world, base) => dropOldest(cells, world, base),
    writeBase: (world, base) => writeBase(cells, world, base),
    readBase: (world) => readBase(cells, world),
    listSessions: (after, limit) => listSessions(cells, after, limit),
    removeSession: (tokenHash, stamp, session) => removeSession(cells, tokenHash, stamp, session),
    hasSession: (session) => hasSession(cells, session),
    listAccounts: (after, limit) => listAccounts(cells, after, limit),
    removeAccount: (account, stamp) => removeAccount(cells, account, stamp),
    listReceiptSessions: (owner, after, limit) => listReceiptSessions(cells, owner, after, limit),
    removeReceipts: (owner, session) => removeReceipts(cells, owner, session),
    listDue: (before, after, limit) => listDue(cells, before, after, limit),
    isDue: (due) => isDue(cells, due),
    clearDue: (due) => clearDue(cells, due),
  };
}
