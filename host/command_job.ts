import type { SeatId } from "../engine/types/ids.ts";
import type { WorldState } from "../engine/types/state.ts";
import { refuse } from "./answers.ts";
import type { Answer, Caller, CommandMembers, WorldCommand } from "./api.ts";
import { fingerprint } from "./fingerprint.ts";
import { homecoming } from "./homecoming.ts";
import type { Job, Numbered, Prepared } from "./job.ts";
import { seatOf } from "./worlds.ts";

/** Number and fingerprint of a caller's command. */
export function numberedOf(caller: Caller, { cseq, lane, method, params }: CommandMembers): Numbered {
  return { session: caller.session, lane, cseq, method, fingerprint: fingerprint(method, params) };
}

/** Members every job of a caller has. */
export function callerJob(
  caller: Caller,
  command: WorldCommand,
  prepare: (state: WorldState) => Prepared,
  answer: (answer: Answer) => void,
): Job {
  const { rid, epoch, expectSeq, extras } = command;
  return {
    rid,
    numbered: numberedOf(caller, command),
    epoch,
    expectSeq,
    extras,
    prepare,
    also: (events) => ({ changes: homecoming(events) }),
    answer,
  };
}

/** A command from the caller's present seat. Who has none learns no more than that of a world that does not exist. */
export function seatJob(
  caller: Caller,
  command: WorldCommand,
  intent: Exclude<WorldCommand["ask"], { readonly type: "JoinGame" }>,
  answer: (answer: Answer) => void,
): Job {
  return callerJob(caller, command, (state) => {
    const seat = seatOf(state, caller.account);
    if (seat === undefined) return refuse("world/unknown");
    return { ok: true, by: bySeat(seat), intent };
  }, answer);
}

export function bySeat(seat: SeatId): { readonly type: "seat"; readonly seat: SeatId } {
  return { type: "seat", seat };
}
