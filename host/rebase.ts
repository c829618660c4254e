import type { LaneReceipt } from "../kv/ports.ts";
import { refuse } from "./answers.ts";
import { faultText } from "./faults.ts";
import type { Job } from "./job.ts";
import type { LiveWorld } from "./live_world.ts";
import { foldEntry, notedDue, receiptsOf } from "./load_world.ts";
import { redactAll } from "./messages.ts";
import { eventsOf } from "./stored_forms.ts";

/**
 * Somebody else has extended the world: read what is new, fold and publish it, then decide the waiting commands anew
 * with the dice of their new place in the log. Receipts are looked up again, since the other one may have stored them.
 */
export function rebase(world: LiveWorld, jobs: readonly Job[]): void {
  const release = world.mailbox.hold();
  catchUp(world).then(() => {
    // Before whatever the mailbox holds: these came first.
    world.mailbox.first(() => {
      for (const job of jobs) world.submit(job);
    });
  }, (fault) => {
    world.shop.deps.log("error", "rebase failed", { world: world.id, fault: faultText(fault) });
    for (const job of jobs) job.answer(refuse("server/store_unavailable"));
  }).finally(release);
}

/**
 * Tells the lanes what has been stored. One that was read since they were forgotten, for somebody who subscribes, has
 * not found it: it stands in entries that nobody had read.
 */
async function learnReceipts(world: LiveWorld, receipts: readonly LaneReceipt[]): Promise<void> {
  for (const receipt of receipts) world.unwritten.add(receipt);
  for (const { session, lane, receipt } of receipts) {
    try {
      (await world.loadLane(session, lane)).stored(receipt);
    } catch {
      // It is not in memory then, and whoever reads it next finds the receipt with those that are still unwritten.
    }
  }
}

async function catchUp(world: LiveWorld): Promise<void> {
  const { store, deps, publisher } = world.shop;
  // Messages of our own that are still to go out come before the other's.
  await publisher.idle();
  const head = await store.readHead(world.id);
  if (head === undefined && world.committed.n === 0) {
    // Nobody has written to it: it was another part of the pack that had moved.
    world.pending = world.committed;
    return;
  }
  if (head === undefined || head.value.epoch !== world.epoch || head.value.n < world.committed.n) {
    // Another history: nothing that clients or we hold fits it.
    throw new RangeError("Cannot follow the world as its history is another one now");
  }
  const entries = await store.readEntries(world.id, world.committed.n + 1, head.value.n);
  await learnReceipts(world, entries.flatMap(receiptsOf));
  for (const entry of entries) {
    const before = world.committed;
    const after = foldEntry(deps.engine, before, entry);
    world.committed = after;
    const all = eventsOf(deps.engine, entry);
    for (const [audience, stream] of world.streams) {
      if (after.seq[audience] === before.seq[audience]) continue;
      const events = redactAll(deps.engine, all, audience, after.state);
      const { at, rid } = entry;
      stream.publish({ seq: after.seq[audience], at, rid, events, before: before.state, after: after.state });
    }
    world.shop.told(world, all);
  }
  world.committed = { ...world.committed, due: await notedDue(store, world.id, head.value) };
  world.pending = world.committed;
  world.party.stamp = head.stamp;
}
