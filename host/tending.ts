import type { Accounts } from "./accounts.ts";
import type { Committer } from "./committer.ts";
import type { HostDeps, HostOptions } from "./deps.ts";
import { faultText } from "./faults.ts";
import type { Followed } from "./followed.ts";
import { DueWorlds } from "./due_worlds.ts";
import { Housekeeper } from "./housekeeper.ts";
import type { Identity } from "./identity.ts";
import type { MemoryWatch } from "./memory.ts";
import type { Snapshotter } from "./snapshotter.ts";
import { sweep } from "./sweep.ts";
import { sweepMemory } from "./sweep_memory.ts";
import type { Worlds } from "./worlds.ts";

/** Times the time between two sweeps: so seldom memory is let go, and worlds with timers are looked for ... */
const FORGET = 12;
const LOOK = 12;
/** ... and the store is swept, for the first time when those who were cut off by a restart are back. */
const ROUND = 720;
const FIRST_ROUND = 60;

export interface TendingShop {
  readonly deps: HostDeps;
  readonly options: HostOptions;
  readonly memory: MemoryWatch;
  readonly committer: Committer;
  readonly worlds: Worlds;
  readonly accounts: Accounts;
  readonly identity: Identity;
  readonly followed: Followed;
  readonly snapshotter: Snapshotter;
}

/** Everything the host does by itself, again and again and beside play. Returns what ends it. */
export function startTending(shop: TendingShop): () => Promise<void> {
  const { deps, options, memory, committer, accounts } = shop;
  const { clock, metrics } = deps;
  const cancels = [
    every(deps, options.sweepMs, () => {
      // Short of memory, worlds in which nobody is do not stay a while longer.
      const sleepAfterMs = memory.pressure === "none" ? options.sleepAfterMs : 0;
      return sweep({ ...shop, options: { ...options, sleepAfterMs } });
    }),
    every(deps, options.sweepMs * FORGET, () => sweepMemory({ ...shop, metrics })),
  ];
  const dueWorlds = new DueWorlds(shop);
  cancels.push(
    clock.after(0, () => void dueWorlds.look()),
    every(deps, options.sweepMs * LOOK, () => dueWorlds.look()),
  );
  const housekeeper = new Housekeeper({
    deps,
    firstMs: options.sweepMs * FIRST_ROUND,
    roundMs: options.sweepMs * ROUND,
    writable: () => committer.mode === "ok",
    busy: (account) => accounts.busy(account),
    gone: (account) => accounts.forget(account),
  });
  return async () => {
    for (const cancel of cancels) cancel();
    dueWorlds.stop();
    await housekeeper.stop();
  };
}

/** Runs something so often, counted from the end of the last time. Returns what ends it. */
function every({ clock, log, metrics }: HostDeps, ms: number, run: () => void | Promise<void>): () => void {
  let stopped = false;
  let cancel = () => {};
  const plan = () => {
    cancel = clock.after(ms, async () => {
      try {
        await run();
      } catch (fault) {
        metrics.faults.inc({ kind: "tending" });
        log("error", "tending failed", { fault: faultText(fault) });
      }
      if (!stopped) plan();
    });
  };
  plan();
  return () => {
    stopped = true;
    cancel();
  };
}
