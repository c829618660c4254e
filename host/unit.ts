import type { AccountRecord, Owner, Prepared, WorldHead } from "../kv/ports.ts";

/** Why decided commands were taken back: nothing of them is stored. */
export type DropReason = "conflict" | "read_only" | "owner_lost";

/** A world or an account as the committer sees it: what it waits to write, and the stamp its next commit checks. */
export interface Party {
  readonly owner: Owner;
  stamp: string | null;
  /** Decided, not yet in a pack; oldest first. */
  readonly queue: Unit[];
  /** Whether a pack with it is on its way: no other may be taken up. */
  underWay: boolean;
  /** Somebody else wrote to it: what is known of it here is not what is stored. */
  moved?: true;
}

/** The head a unit leaves behind for one of its parties. */
export type HeadWrite =
  | { readonly party: Party; readonly type: "world"; readonly head: WorldHead }
  | { readonly party: Party; readonly type: "account"; readonly head: AccountRecord };

/** One command's outcome on its way to disk. Whole units are packed, so a command is stored entirely or not at all. */
export interface Unit {
  readonly heads: readonly HeadWrite[];
  readonly changes: Prepared;
  /** It is on disk: acknowledge, then publish. */
  durable(): void;
  /** It is not and will not be. */
  dropped(reason: DropReason): void;
  /** The store does not answer: tell the caller that the outcome is unknown. The unit stays. */
  unknown(): void;
}
