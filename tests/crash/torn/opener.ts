/**
 * Opens data directories the way a server does and tells what it found there. Runs in a process of its own, because the
 * runtime ends the process on a corrupt page. One JSON line in, one JSON line out.
 */
import { createHash } from "node:crypto";
import { loadWorld } from "../../../host/load_world.ts";
import { createRules } from "../../../host/rules.ts";
import { openStore, StoreRefused } from "../../../kv/mod.ts";
import type { Receipt, Store } from "../../../kv/ports.ts";

export interface OpenRequest {
  readonly directory: string;
  readonly worlds: readonly { readonly id: string; readonly sessions: readonly string[] }[];
  readonly accounts: readonly { readonly account: string; readonly session: string }[];
  readonly tokenHashes: readonly string[];
}

/** What became of one record: a digest of it, `absent`, or `damaged: why`. */
export type Finding = string;

export type FoundWorld =
  | { readonly type: "absent" }
  | { readonly type: "damaged"; readonly why: string }
  | {
    readonly type: "loaded";
    readonly n: number;
    readonly hash: string;
    /** By session: its receipts of lane 0 as `cseq -> digest`, or why they could not be read. */
    readonly receipts: Readonly<
      Record<string, readonly (readonly [cseq: number, n: number, digest: string])[] | string>
    >;
  };

export type Opened =
  | { readonly type: "refused"; readonly code: number; readonly message: string }
  | {
    readonly type: "opened";
    readonly worlds: Readonly<Record<string, FoundWorld>>;
    /** Accounts, rosters, seats, sessions and the accounts' receipts, by name. */
    readonly records: Readonly<Record<string, Finding>>;
  };

export function digest(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("base64url").slice(0, 16);
}

/** JSON with sorted members. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => a < b ? -1 : 1);
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`)}}`;
}

const damaged = (error: unknown) => `damaged: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`;

export async function open(request: OpenRequest): Promise<Opened> {
  let opened;
  try {
    opened = await openStore({ directory: request.directory, existing: true, version: "test", now: () => Date.now() });
  } catch (error) {
    if (error instanceof StoreRefused) return { type: "refused", code: error.exitCode, message: error.message };
    // Whatever else it throws ends the server as well, with exit code 1.
    return { type: "refused", code: 1, message: damaged(error) };
  }
  try {
    const worlds: Record<string, FoundWorld> = {};
    for (const { id, sessions } of request.worlds) worlds[id] = await openWorld(opened.store, id, sessions);
    return { type: "opened", worlds, records: await readRecords(opened.store, request) };
  } finally {
    await opened.close(true);
  }
}

async function openWorld(store: Store, id: string, sessions: readonly string[]): Promise<FoundWorld> {
  const engine = createRules();
  try {
    const loaded = await loadWorld(store, engine, id);
    if (loaded === undefined) return { type: "absent" };
    const receipts: Record<string, readonly (readonly [number, number, string])[] | string> = {};
    for (const session of sessions) {
      try {
        const all = new Map<number, Receipt>();
        for (const one of await store.readReceipts({ type: "world", id }, session, 0)) all.set(one.cseq, one);
        for (const one of loaded.receipts) if (one.session === session) all.set(one.receipt.cseq, one.receipt);
        receipts[session] = [...all.values()].map((one) => [one.cseq, one.n, digest(one)] as const);
      } catch (error) {
        receipts[session] = damaged(error);
      }
    }
    return { type: "loaded", n: loaded.position.n, hash: engine.hash(loaded.position.state), receipts };
  } catch (error) {
    return { type: "damaged", why: damaged(error) };
  }
}

async function readRecords(store: Store, { accounts, tokenHashes }: OpenRequest): Promise<Record<string, Finding>> {
  const records: Record<string, Finding> = {};
  async function look(name: string, read: () => Promise<unknown>) {
    try {
      const value = await read();
      records[name] = value === undefined ? "absent" : digest(value);
    } catch (error) {
      records[name] = damaged(error);
    }
  }
  await look("worlds", () => store.listWorlds(undefined, 1_000));
  for (const hash of tokenHashes) {
    await look(`session ${hash}`, async () => (await store.readSession(hash))?.value);
  }
  for (const { account, session } of accounts) {
    await look(`session id ${session}`, () => store.readSessionHash(session));
    await look(`receipts ${account}`, () => store.readReceipts({ type: "account", id: account }, session, 0));
    await look(`account ${account}`, async () => (await store.readAccount(account))?.value);
    await look(`roster ${account}`, () => store.readRoster(account));
    await look(`seats ${account}`, () => store.readSeats(account));
  }
  return records;
}

if (import.meta.main) {
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
  let rest = "";
  for await (const text of lines) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) console.log(JSON.stringify(await open(JSON.parse(line))));
  }
}
