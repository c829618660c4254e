/** What every command of an account shares: its tools, its refusal, its receipt. */
import type { Receipt } from "../kv/ports.ts";
import { type Refused, settles } from "./answers.ts";
import type { Answer, JsonObject } from "./api.ts";
import type { Committer } from "./committer.ts";
import type { HostDeps } from "./deps.ts";
import type { DiskWatch } from "./disk_watch.ts";
import type { Numbered } from "./job.ts";
import type { Lane } from "./lane.ts";
import type { Worlds } from "./worlds.ts";

/** What commands of an account are decided with. */
export interface AccountShop {
  readonly deps: HostDeps;
  readonly committer: Committer;
  readonly worlds: Worlds;
  /** Room on the disk, where it is watched. */
  readonly disk: DiskWatch | undefined;
}

/** Remembers a refusal where it uses its number up. */
export function refuseNumbered(lane: Lane, { cseq, fingerprint }: Numbered, refused: Refused): Answer {
  if (settles(refused.refusal)) lane.rejected(cseq, fingerprint, refused);
  else lane.dropped(cseq);
  return refused;
}

/** `{cseq, ...own}` and the receipt that will give it again. */
export function receiptFor(numbered: Numbered, n: number, own: JsonObject): {
  readonly result: JsonObject;
  readonly receipt: Receipt;
} {
  const { cseq, method, fingerprint } = numbered;
  const result = { cseq, ...own };
  return { result, receipt: { cseq, fingerprint, method, n, answer: result } };
}
