/** What the page and its dice worker say to each other. */
import type { Difference, LoggedCommand } from "../../engine/verify/mod.ts";

export type ToWorker =
  | { readonly type: "begin"; readonly world: string }
  | { readonly type: "entries"; readonly entries: readonly LoggedCommand[] }
  /** No more entries: say what was found. `seed` and `seedHash` are those the server names. */
  | { readonly type: "finish"; readonly seed: string; readonly seedHash: string };

export type FromWorker =
  /** These entries are done; the next may come. `open`: false once there is a difference. */
  | { readonly type: "checked"; readonly entries: number; readonly rolls: number; readonly open: boolean }
  | { readonly type: "verdict"; readonly verdict: Verdict };

export interface Verdict {
  /** The log's own: what every die was decided by. */
  readonly seed: string;
  readonly entries: number;
  readonly proven: number;
  readonly rolls: number;
  /** Entries other rules wrote, whose dice could not be decided again. */
  readonly unproven: readonly { readonly from: number; readonly to: number }[];
  readonly epochs: number;
  /** Whether SHA-256 of the seed in the log is the published hash. */
  readonly seal: "same" | "other";
  /** Structural hash of the party's view at the end of the log. */
  readonly viewHash: string;
  readonly difference?: Difference;
}
