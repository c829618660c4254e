import type { Audience } from "../engine/types/names.ts";
import type { AccountId, SeatId } from "../engine/types/ids.ts";
import type { WorldState } from "../engine/types/state.ts";
import { refuse, type Refused } from "./answers.ts";
import { faultText } from "./faults.ts";
import { GAP_MESSAGES, makeGap } from "./gap.ts";
import type { LiveWorld } from "./live_world.ts";
import { MailboxClosed } from "./mailbox.ts";
import { resumedFrame, snapshotFrame } from "./messages.ts";
import type { StreamFrame, Subscribed } from "./api.ts";
import { seatOf } from "./worlds.ts";

/** What `run` finds in one turn of the world's mailbox; refused when the world leaves memory meanwhile. */
export async function inTurn<T>(world: LiveWorld, run: () => T): Promise<T | Refused> {
  try {
    return await world.mailbox.turn(run);
  } catch (fault) {
    if (fault instanceof MailboxClosed) return refuse("server/going_away");
    throw fault;
  }
}

/** Where a reader of a stream stands. */
export interface Standing {
  readonly audience: Audience;
  /** Whether they have had this stream since this process started. */
  readonly followed: boolean;
  readonly epoch?: number;
  readonly lastSeq?: number;
}

/** What brings a reader up to `seq`: decided in one turn of the mailbox, made afterwards where it must be read. */
export interface Resume {
  readonly mode: Subscribed["mode"];
  readonly reason?: NonNullable<Subscribed["reason"]>;
  readonly epoch: number;
  readonly seq: number;
  readonly seat: SeatId;
  /** The gap's messages or the one snapshot; nothing when already up to date. */
  readonly frames: readonly StreamFrame[];
}

/** A decision that may still need the log. */
export interface Plan {
  readonly seat: SeatId;
  readonly seq: number;
  finish(): Promise<Resume>;
}

/**
 * Position and mode for a reader, on the committed state of this moment; undefined when the account has no seat. The
 * whole gap or a snapshot, never a part.
 */
export function planResume(world: LiveWorld, account: AccountId, standing: Standing): Plan | undefined {
  const { audience, epoch, lastSeq } = standing;
  const { metrics, log } = world.shop.deps;
  const { state, seq: seqs, n } = world.committed;
  const seat = seatOf(state, account);
  if (seat === undefined) return undefined;
  const seq = seqs[audience];
  const common = { epoch: world.epoch, seq, seat };

  function snapshot(reason?: "window" | "ahead" | "epoch"): Resume {
    const frames = [snapshotOf(world, audience, state, seq)];
    return { ...common, mode: "snapshot", ...(reason === undefined ? {} : { reason }), frames };
  }
  function counted(resume: Resume): Resume {
    metrics.resumes.inc({ mode: resume.mode, reason: resume.reason ?? "none" });
    return resume;
  }
  const now = (resume: Resume): Plan => ({ seat, seq, finish: () => Promise.resolve(counted(resume)) });

  if (epoch === undefined || lastSeq === undefined) return now(snapshot());
  if (epoch !== world.epoch) return now(snapshot("epoch"));
  if (lastSeq > seq) {
    // Loss shows after a restart, when nobody has had the stream from this process: every member's word counts.
    metrics.historyLost.inc();
    log("error", "history lost", { world: world.id, audience, lastSeq, seq, followed: standing.followed });
    return now(snapshot("ahead"));
  }
  if (lastSeq === seq) return now({ ...common, mode: "live", frames: [] });
  if (seq - lastSeq > GAP_MESSAGES) return now(snapshot("window"));
  const recent = world.stream(audience).recent(lastSeq, seq);
  if (recent !== undefined) return now({ ...common, mode: "gap", frames: recent });
  return {
    seat,
    seq,
    async finish() {
      const { store, deps } = world.shop;
      const request = { world: world.id, audience, epoch: world.epoch, after: lastSeq, head: seq, n };
      try {
        const frames = await makeGap(store, deps.engine, request);
        return counted(frames === undefined ? snapshot("window") : { ...common, mode: "gap", frames });
      } catch (fault) {
        log("error", "gap not made", { world: world.id, audience, fault: faultText(fault) });
        return counted(snapshot("window"));
      }
    },
  };
}

/** The frame that gives an audience's whole view. */
export function snapshotOf(world: LiveWorld, audience: Audience, state: WorldState, seq: number): StreamFrame {
  const { engine } = world.shop.deps;
  const view = engine.view(state, audience);
  return snapshotFrame({ world: world.id, audience, epoch: world.epoch, seq, view, hash: engine.hash(view) });
}

/** Marks that everything up to the position has been sent. */
export function resumedOf(world: LiveWorld, audience: Audience, seq: number): StreamFrame {
  return resumedFrame(world.id, audience, world.epoch, seq);
}
