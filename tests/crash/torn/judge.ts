/** Whether what a start found in a damaged store is allowed: the truth, an older part of it, or a refusal; nothing else. */
import type { Damage } from "./damage.ts";
import type { LiveStore, TrueReceipt, TrueWorld } from "./live_store.ts";
import type { FoundWorld, Opened } from "./opener.ts";
import { framesBefore, type Wal } from "./wal.ts";

const RECEIPTS_PER_LANE = 64;

/** `clean`: everything is there. `prefix`: an older state. `found`: some record or world is refused. `refused`: the store. */
export const VERDICTS = ["clean", "prefix", "found", "refused", "wrong"] as const;
export type Verdict = { readonly type: typeof VERDICTS[number]; readonly why: readonly string[] };

export interface Truth {
  readonly live: LiveStore;
  readonly wal: Wal;
  /** What an undamaged copy gives. */
  readonly whole: Extract<Opened, { type: "opened" }>;
}

export function judge(truth: Truth, damage: Damage, opened: Opened): Verdict {
  if (opened.type === "refused") {
    if (opened.code === 3) return { type: "refused", why: [] };
    return { type: "wrong", why: [`refused with exit code ${opened.code}: ${opened.message}`] };
  }
  const least = oldestAllowed(truth, damage);
  const why: string[] = [];
  let found = 0;
  let older = 0;
  for (const [id, world] of Object.entries(truth.live.worlds)) {
    const one = opened.worlds[id] ?? { type: "absent" };
    if (one.type === "damaged") found += 1;
    else if (one.type === "absent" && least(id) === 0) older += 1;
    else if (one.type === "absent") why.push(`${id} is gone though ${least(id)} entries of it were acknowledged`);
    else {
      if (one.n < world.hashes.length - 1) older += 1;
      if (one.n < least(id)) why.push(`${id} ends at ${one.n}, but ${least(id)} was acknowledged`);
      if (one.hash !== world.hashes[one.n]) why.push(`${id} has another state at ${one.n}`);
      const receipts = judgeReceipts(id, world, one);
      found += receipts.found;
      why.push(...receipts.why);
    }
  }
  for (const [name, expected] of Object.entries(truth.whole.records)) {
    const got = opened.records[name] ?? "absent";
    if (got === expected) continue;
    if (got.startsWith("damaged")) found += 1;
    // Records of accounts are older than most of the WAL; in a prefix each may be as it was before.
    else if (damage.file === "wal" && damage.base === "live" && older > 0) continue;
    else why.push(`${name} is ${got === "absent" ? "gone" : "another"}`);
  }
  if (why.length > 0) return { type: "wrong", why };
  return { type: found > 0 ? "found" : older > 0 ? "prefix" : "clean", why: [] };
}

/** How many entries of a world have to be there: all, or with a damaged WAL those acknowledged before the place of the damage. */
function oldestAllowed({ live, wal }: Truth, damage: Damage): (world: string) => number {
  if (damage.file === "store") return (id) => (live.worlds[id]?.hashes.length ?? 1) - 1;
  const whole = framesBefore(wal, damage.offset);
  const least = new Map<string, number>();
  for (const { world, n, mark } of live.acknowledged) {
    // An older generation of the WAL is in the main file since long.
    const holds = mark.salt !== wal.salt || mark.frame <= whole;
    if (holds) least.set(world, Math.max(n, least.get(world) ?? 0));
  }
  return (id) => least.get(id) ?? 0;
}

/** Each lane has the newest receipts of its world up to where it stands, and none from beyond. */
function judgeReceipts(id: string, world: TrueWorld, found: Extract<FoundWorld, { type: "loaded" }>) {
  const why: string[] = [];
  let damaged = 0;
  for (const [session, receipts] of Object.entries(found.receipts)) {
    if (typeof receipts === "string") {
      damaged += 1;
      continue;
    }
    const mine = world.receipts.filter((one) => one.session === session);
    const expected = keptAt(mine, found.n);
    const have = new Map(receipts.map(([cseq, n, digest]) => [cseq, { n, digest }]));
    for (const { cseq, digest } of expected) {
      if (have.get(cseq)?.digest !== digest) {
        why.push(`${id}: receipt ${cseq} is ${have.has(cseq) ? "another" : "gone"}`);
      }
    }
    for (const [cseq, { n }] of have) {
      if (n > found.n) why.push(`${id}: receipt ${cseq} is of entry ${n}, beyond ${found.n}`);
    }
  }
  return { why, found: damaged };
}

/** A lane's receipts that are kept when its world stands at n. */
function keptAt(receipts: readonly TrueReceipt[], n: number): readonly TrueReceipt[] {
  const there = receipts.filter((one) => one.n <= n);
  const newest = there.reduce((most, { cseq }) => Math.max(most, cseq), 0);
  return there.filter(({ cseq }) => cseq > newest - RECEIPTS_PER_LANE);
}
