import type { Cells, Key } from "./cells.ts";
import { DamagedRecord } from "./errors.ts";
import {
  accountPrefix,
  accountsPrefix,
  headKey,
  keyAfter,
  type Owner,
  receiptsPrefix,
  sessionIdKey,
  sessionKey,
  sessionReceiptsPrefix,
  sessionsPrefix,
} from "./keys.ts";
import type { FoundSession, SessionRecord } from "./ports.ts";
import { readRecord, sessionRecord } from "./records.ts";
import { nextText } from "./stepping.ts";

/** Deletions of one atomic here: small, so that no command waits long behind it. */
const DELETED_TOGETHER = 200;

/** Sessions whose token hash comes after this one, in the order of the hashes. */
export async function listSessions(
  cells: Cells,
  after: string | undefined,
  limit: number,
): Promise<readonly FoundSession[]> {
  const start = after === undefined ? {} : { start: keyAfter(sessionKey(after)) };
  const found = await cells.list({ prefix: sessionsPrefix, ...start, limit });
  return found.map((cell) => ({ tokenHash: String(cell.key[1]), stamp: cell.stamp, value: readSession(cell) }));
}

function readSession(cell: Parameters<typeof readRecord>[0][number]): SessionRecord | undefined {
  try {
    return readRecord([cell], sessionRecord);
  } catch (fault) {
    if (fault instanceof DamagedRecord) return undefined;
    throw fault;
  }
}

/** Removes a session that is over, both of its keys. False: it changed since it was read, so it is not over. */
export async function removeSession(cells: Cells, tokenHash: string, stamp: string, session: string): Promise<boolean> {
  const key = sessionKey(tokenHash);
  const gone = await cells.commit([{ key, stamp }], [
    { key, value: undefined },
    { key: sessionIdKey(session), value: undefined },
  ]);
  return gone !== undefined;
}

/** Whether a session is stored, by its id. */
export async function hasSession(cells: Cells, session: string): Promise<boolean> {
  return await cells.get(sessionIdKey(session)) !== undefined;
}

/** Ids of the accounts after this one, in their order. Steps from one to the next, over all that is stored of each. */
export function listAccounts(cells: Cells, after: string | undefined, limit: number): Promise<readonly string[]> {
  return listTexts(cells, accountsPrefix, after, limit);
}

/** Sessions after this one that have receipts in a world or an account. */
export function listReceiptSessions(
  cells: Cells,
  owner: Owner,
  after: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  return listTexts(cells, receiptsPrefix(owner), after, limit);
}

/** What stands in the position behind a prefix, each once: one listing of one cell for each. */
async function listTexts(
  cells: Cells,
  prefix: Key,
  after: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  while (found.length < limit) {
    const text = await nextText(cells, prefix, found.at(-1) ?? after);
    if (text === undefined) break;
    found.push(text);
  }
  return found;
}

/**
 * Removes receipts of a session, some hundreds at most; how many says whether to ask again. The atomic checks that the
 * session is gone: those of one that can still ask for them stay, whoever calls.
 */
export async function removeReceipts(cells: Cells, owner: Owner, session: string): Promise<number> {
  const found = await cells.list({ prefix: sessionReceiptsPrefix(owner, session), limit: DELETED_TOGETHER });
  if (found.length === 0) return 0;
  const gone = await cells.commit(
    [{ key: sessionIdKey(session), stamp: null }],
    found.map(({ key }) => ({ key, value: undefined })),
  );
  return gone === undefined ? 0 : found.length;
}

/**
 * Removes an account that has nothing but its record and receipts. Seats, characters and new sessions change the record
 * with them, so its stamp tells that none came meanwhile. False: it has more than that, or changed since it was read.
 */
export async function removeAccount(cells: Cells, account: string, stamp: string): Promise<boolean> {
  const head = headKey({ type: "account", id: account });
  const found = await cells.list({ prefix: accountPrefix(account), limit: DELETED_TOGETHER });
  const bare = found.every(({ key }) => key[2] === head[2] || key[2] === "rc");
  if (!bare || found.length === DELETED_TOGETHER) return false;
  const gone = await cells.commit([{ key: head, stamp }], found.map(({ key }) => ({ key, value: undefined })));
  return gone !== undefined;
}
