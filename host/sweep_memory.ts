import type { Accounts } from "./accounts.ts";
import type { Followed } from "./followed.ts";
import type { Identity } from "./identity.ts";
import type { HostMetrics } from "./metrics.ts";
import type { Worlds } from "./worlds.ts";

export interface MemoryShop {
  readonly metrics: HostMetrics;
  readonly worlds: Worlds;
  readonly accounts: Accounts;
  readonly identity: Identity;
  readonly followed: Followed;
}

/**
 * Lets go of what nobody asks for any more and the store can give again: tickets, lanes nobody uses, worlds that were
 * frozen long ago. Then counts what is held, so that a leak shows while it is small.
 */
export function sweepMemory({ metrics, worlds, accounts, identity, followed }: MemoryShop): void {
  metrics.swept.inc({ what: "ticket" }, identity.sweep());
  worlds.forgetThaws();
  let [live, lanes, forgotten] = [0, 0, 0];
  for (const { world } of worlds.rooms) {
    forgotten += world.forgetLanes();
    live++;
    lanes += world.lanes;
  }
  for (const account of accounts.live) forgotten += account.forgetLanes();
  metrics.swept.inc({ what: "lane" }, forgotten);

  const { sessions, tickets } = identity.held;
  const held = { worlds: live, lanes, thawed: worlds.thawed, followed: followed.size, sessions, tickets };
  for (const [what, count] of Object.entries({ ...held, accounts: accounts.size })) metrics.held.set({ what }, count);
}
