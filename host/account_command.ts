import type { Change } from "../kv/ports.ts";
import type { LiveAccount } from "./account.ts";
import { type AccountShop, receiptFor, refuseNumbered } from "./account_receipt.ts";
import { refuse } from "./answers.ts";
import type { AccountCommand, Answer, Caller } from "./api.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Numbered } from "./job.ts";
import type { Lane } from "./lane.ts";
import { type AccountOutcome, createOne, rollScores } from "./creation.ts";
import { checkSeats } from "./membership.ts";
import { createWorld } from "./new_world.ts";

/**
 * A command on the account: order and receipts as in a world, with the account's own record as its head. Runs within
 * the account's turn.
 */
export async function runAccountCommand(
  shop: AccountShop,
  account: LiveAccount,
  caller: Caller,
  command: AccountCommand,
): Promise<Answer> {
  const { cseq, lane: number, method, params, ask } = command;
  const numbered: Numbered = {
    session: caller.session,
    lane: number,
    cseq,
    method,
    fingerprint: fingerprint(method, params),
  };
  const lane = await account.lane(caller.session, number);
  const known = lane.look(cseq, numbered.fingerprint);
  if (known !== undefined) return known;
  const { mode } = shop.committer;
  if (mode !== "ok") return refuse(mode === "read_only" ? "server/read_only" : "server/store_unavailable");
  switch (ask.type) {
    case "CreateWorld": {
      // What is left is kept for the worlds that are there.
      if ((shop.disk?.stage ?? "ample") !== "ample") return refuse("server/read_only", { what: "newWorlds" });
      const refused = checkSeats((await shop.deps.store.readSeats(account.record.id)).length);
      if (refused !== undefined) return refuseNumbered(lane, numbered, refused);
      return await createWorld({ shop, account, caller, lane, numbered, rid: command.rid, ask });
    }
    case "RollScores":
      return await commitOutcome(account, lane, numbered, rollScores(shop.deps, account.record));
    case "CreateCharacter": {
      const roster = await shop.deps.store.readRoster(account.record.id);
      return await commitOutcome(account, lane, numbered, createOne(shop.deps, account.record, roster, ask));
    }
  }
}

async function commitOutcome(
  account: LiveAccount,
  lane: Lane,
  numbered: Numbered,
  outcome: AccountOutcome,
): Promise<Answer> {
  if (!outcome.ok) return refuseNumbered(lane, numbered, outcome);
  const record = account.next({ open: outcome.open });
  const { result, receipt } = receiptFor(numbered, record.n, outcome.result);
  const { session, lane: number } = numbered;
  const changes: Change[] = [
    ...outcome.changes,
    { type: "receipt", owner: account.party.owner, session, lane: number, receipt },
  ];
  lane.begin(numbered.cseq);
  const late = Promise.withResolvers<"late">();
  const stored = account.commit(record, changes, () => late.resolve("late")).then((done) => {
    if (done) lane.stored(receipt);
    else lane.dropped(numbered.cseq);
    return done;
  });
  const outcomeKnown = await Promise.race([stored, late.promise]);
  if (outcomeKnown === "late") return refuse("server/store_unavailable");
  return outcomeKnown ? { ok: true, result } : refuse("server/read_only");
}
