/** A data directory of a server that was killed under load, what it had promised by then, and its true log. */
import { createRules } from "../../../host/rules.ts";
import { eventsOf } from "../../../host/load_world.ts";
import { hashOf as tokenHash } from "../../../host/session.ts";
import { rngAt } from "../../../engine/core/rng.ts";
import { openStore } from "../../../kv/mod.ts";
import type { Store } from "../../../kv/ports.ts";
import { History } from "../../kit/history.ts";
import { startServer } from "../../kit/server.ts";
import { play, type Seat, sitDown } from "../seat.ts";
import { openMark, type WalMark } from "./wal.ts";
import { copyStore, FILES } from "./files.ts";
import { digest } from "./opener.ts";

export interface LiveStoreOptions {
  readonly directory: string;
  readonly worlds: number;
  /** Commands acknowledged before the kill. */
  readonly commands: number;
  readonly seed: string;
}

/** A command whose answer a client had, and how far the WAL was by then. */
export interface Acknowledged {
  readonly world: string;
  readonly n: number;
  readonly mark: WalMark;
}

/** One stored receipt: its number and a digest of what it answers. */
export interface TrueReceipt {
  readonly session: string;
  readonly lane: number;
  readonly cseq: number;
  readonly n: number;
  readonly digest: string;
}

/** A world's true log: `hashes[n]` is the hash of its state after entry n. */
export interface TrueWorld {
  readonly hashes: readonly string[];
  readonly receipts: readonly TrueReceipt[];
}

export interface LiveStore {
  readonly worlds: Readonly<Record<string, TrueWorld>>;
  readonly acknowledged: readonly Acknowledged[];
  readonly accounts: readonly { readonly account: string; readonly session: string }[];
  readonly tokenHashes: readonly string[];
}

/** Plays on a real server until enough was acknowledged, kills it, and keeps copies of its files as they then were. */
export async function makeLiveStore(options: LiveStoreOptions): Promise<LiveStore> {
  const work = `${options.directory}/work`;
  const server = await startServer({ data: work, env: { GOLDBOX_RATE_LIMITS: "off" } });
  const marks: { readonly seat: Seat; readonly cseq: number; readonly mark: WalMark }[] = [];
  let seats: readonly Seat[] = [];
  try {
    const history = new History();
    const tables = Array.from({ length: options.worlds }, (_, i) => sitDown(server.url, i, history));
    seats = (await Promise.all(tables)).flat();
    using mark = openMark(`${work}/${FILES.shm}`);
    const enough = new AbortController();
    const playing = Promise.all(seats.map((seat, i) => {
      const told = (cseq: number) => {
        marks.push({ seat, cseq, mark: mark.read() });
        if (marks.length >= options.commands) enough.abort();
      };
      return play({ ...seat, told, gone: enough.signal }, rngAt(options.seed, `player/${i}`).dice(), enough.signal, 0);
    }));
    await Promise.race([playing, new Promise((resolve) => enough.signal.addEventListener("abort", resolve))]);
    // In the middle of it: commands, commits and snapshots are under way.
    await server.kill();
    await playing;
  } finally {
    await server.kill();
  }
  await copyStore(work, `${options.directory}/live`);
  return await readTruth(work, seats, marks);
}

async function readTruth(
  directory: string,
  seats: readonly Seat[],
  marks: readonly { readonly seat: Seat; readonly cseq: number; readonly mark: WalMark }[],
): Promise<LiveStore> {
  const opened = await openStore({ directory, existing: true, version: "test", now: () => Date.now() });
  try {
    const { store } = opened;
    const worlds: Record<string, TrueWorld> = {};
    for (const id of new Set(seats.map(({ player }) => player.world))) worlds[id] = await readTrueWorld(store, id);
    const tokenHashes = seats.map(({ player }) => tokenHash(player.client.options.token));
    const sessions = await Promise.all(tokenHashes.map(async (hash) => (await store.readSession(hash))?.value));
    const sessionOf = new Map(seats.map((seat, i) => [seat.name, sessions[i]?.id]));
    const acknowledged = marks.map(({ seat, cseq, mark }) => {
      const world = seat.player.world;
      const found = worlds[world]?.receipts.find((one) =>
        one.session === sessionOf.get(seat.name) && one.cseq === cseq
      );
      if (found === undefined) {
        throw new Error(`Command ${cseq} of ${seat.name} was acknowledged and is not in the log`);
      }
      return { world, n: found.n, mark };
    });
    return {
      worlds,
      acknowledged,
      accounts: sessions.flatMap((one) => one ? [{ account: one.account, session: one.id }] : []),
      tokenHashes,
    };
  } finally {
    await opened.close(true);
  }
}

async function readTrueWorld(store: Store, world: string): Promise<TrueWorld> {
  const engine = createRules();
  const head = await store.readHead(world);
  let state = engine.start(world);
  const hashes = [engine.hash(state)];
  const receipts: TrueReceipt[] = [];
  for (const entry of await store.readEntries(world, 1, head?.value.n ?? 0)) {
    for (const event of eventsOf(engine, entry)) state = engine.evolve(state, event);
    hashes.push(engine.hash(state));
    const { n, session, lane, cseq, receipt } = entry;
    if (receipt !== undefined) receipts.push({ session, lane, cseq, n, digest: digest({ cseq, n, ...receipt }) });
  }
  return { hashes, receipts };
}
