import { createHash } from "node:crypto";
import type { SeatId, WorldId } from "../engine/types/ids.ts";
import type { LiveAccount } from "./account.ts";
import { type AccountShop, receiptFor, refuseNumbered } from "./account_receipt.ts";
import { refuse } from "./answers.ts";
import type { AccountIntent, Answer, Caller } from "./api.ts";
import { base62, freshId } from "./deps.ts";
import { hex } from "./identity.ts";
import type { Numbered } from "./job.ts";
import type { Lane } from "./lane.ts";
import { membershipWrites } from "./membership.ts";
import { systemJob } from "./system_job.ts";

export interface NewWorld {
  readonly shop: AccountShop;
  readonly account: LiveAccount;
  readonly caller: Caller;
  readonly lane: Lane;
  readonly numbered: Numbered;
  readonly rid: string;
  readonly ask: Extract<AccountIntent, { readonly type: "CreateWorld" }>;
}

/**
 * Makes a world and seats its maker: two entries of its log, the maker's account and receipt, all in one atomic. The
 * hash of the seed is told now and the seed when the world ends, so that anybody can verify the dice.
 */
export async function createWorld({ shop, account, caller, lane, numbered, rid, ask }: NewWorld): Promise<Answer> {
  const { deps, worlds } = shop;
  const id = freshId("w", deps.randomBytes) as WorldId;
  const seed = hex(deps.randomBytes(16));
  const seedHash = createHash("sha256").update(seed).digest("hex");
  const invite = base62(deps.randomBytes(12));
  const room = worlds.create(id);
  const { world } = room;
  lane.begin(numbered.cseq);

  const made = Promise.withResolvers<Answer>();
  world.submit({
    ...systemJob(
      { type: "CreateWorld", world: id, name: ask.name, seed, seedHash, invite, options: ask.options },
      made.resolve,
    ),
    rid,
  });
  const seated = Promise.withResolvers<Answer>();
  const settled = Promise.withResolvers<boolean>();
  let written: ReturnType<typeof receiptFor> | undefined;
  world.submit({
    rid,
    prepare: (state) =>
      // Without a world there is nobody to seat: the first command was refused.
      state.seedHash !== seedHash ? refuse("world/unknown") : {
        ok: true,
        by: { type: "system" },
        intent: {
          type: "JoinGame",
          account: caller.account,
          name: caller.name,
          seat: "s_1" as SeatId,
          characters: [],
        },
      },
    also: (events, after) => {
      const writes = membershipWrites(account, id, events, after.state, settled.resolve);
      const n = writes.account?.record.n ?? 0;
      written = receiptFor(numbered, n, { world: id, epoch: world.epoch, seq: after.seq.party, seedHash, invite });
      const { session, lane: number } = numbered;
      return {
        ...writes,
        changes: [
          ...writes.changes,
          { type: "receipt", owner: account.party.owner, session, lane: number, receipt: written.receipt },
        ],
      };
    },
    answer: seated.resolve,
  });

  const [first, second] = await Promise.all([made.promise, seated.promise]);
  if (first.ok && second.ok && written !== undefined) {
    lane.stored(written.receipt);
    return { ok: true, result: written.result };
  }
  if (written !== undefined) {
    // On its way, but the store does not answer: the number stays under way until it is known.
    const { receipt } = written;
    void settled.promise.then((stored) => {
      if (stored) lane.stored(receipt);
      else lane.dropped(numbered.cseq);
    });
    return refuse("server/store_unavailable");
  }
  worlds.unload(room);
  return refuseNumbered(lane, numbered, first.ok ? (second.ok ? refuse("server/internal") : second) : first);
}
