/** Damages copies of one killed store in many ways, starts on each, and judges what the start found. */
import { rngAt } from "../../../engine/core/rng.ts";
import { apply, type Damage, edgeCuts, parse, show, storeFlip, walDamage } from "./damage.ts";
import { copyCheckpointed, copyStopped, copyStore, FILES } from "./files.ts";
import { judge, type Truth, type Verdict, VERDICTS } from "./judge.ts";
import { type LiveStore, makeLiveStore } from "./live_store.ts";
import type { OpenRequest } from "./opener.ts";
import { Opener } from "./openers.ts";
import { readWal, type Wal } from "./wal.ts";

export interface SweepOptions {
  /** Random places per file and copy of the store. */
  readonly trials: number;
  /** The WAL is cut at the edge of every so many frames; 1: of each. */
  readonly edgeEvery: number;
  readonly worlds: number;
  readonly commands: number;
  readonly seed: string;
  readonly directory: string;
}

export interface SweepReport {
  readonly frames: number;
  readonly entries: number;
  /** By copy and file damaged: how often each verdict came. */
  readonly verdicts: Readonly<Record<string, Readonly<Record<Verdict["type"], number>>>>;
  /** Openings that ended the process and were refused by the next start. */
  readonly aborts: number;
  /** One line for each damage that was not noticed. */
  readonly wrong: readonly string[];
}

export async function sweep(options: SweepOptions): Promise<SweepReport> {
  const { directory, seed } = options;
  const live = await makeLiveStore(options);
  await copyCheckpointed(`${directory}/live`, `${directory}/checkpointed`);
  await copyStopped(`${directory}/live`, `${directory}/stopped`);
  // With it a failure can be looked at again, by `again()`.
  await Deno.writeTextFile(`${directory}/truth.json`, JSON.stringify(live));

  const wal = readWal(await Deno.readFile(`${directory}/live/${FILES.wal}`));
  const store = await Deno.readFile(`${directory}/stopped/${FILES.store}`);
  const dice = rngAt(seed, "damage").dice();
  const times = <T>(make: () => T) => Array.from({ length: options.trials }, make);
  return await damageAll(directory, live, wal, [
    ...edgeCuts("live", wal, options.edgeEvery),
    ...edgeCuts("checkpointed", wal, options.edgeEvery),
    ...times(() => walDamage("live", wal, dice)),
    ...times(() => walDamage("checkpointed", wal, dice)),
    ...times(() => storeFlip("stopped", store, dice)),
  ]);
}

/** One damage of an earlier sweep again, on the stores it left in its directory. */
export async function again(directory: string, damage: string): Promise<SweepReport> {
  const live: LiveStore = JSON.parse(await Deno.readTextFile(`${directory}/truth.json`));
  const wal = readWal(await Deno.readFile(`${directory}/live/${FILES.wal}`));
  return await damageAll(directory, live, wal, [parse(damage)]);
}

async function damageAll(directory: string, live: LiveStore, wal: Wal, all: readonly Damage[]): Promise<SweepReport> {
  const openers = Array.from({ length: navigator.hardwareConcurrency }, () => new Opener());
  try {
    const truth = await readWhole(openers[0] ?? new Opener(), live, directory, wal);
    return await judgeAll(all, truth, openers, directory);
  } finally {
    await Promise.all(openers.map((opener) => opener.close()));
  }
}

async function judgeAll(
  all: readonly Damage[],
  truth: Truth,
  openers: readonly Opener[],
  directory: string,
): Promise<SweepReport> {
  const verdicts: Record<string, Record<Verdict["type"], number>> = {};
  const wrong: string[] = [];
  let aborts = 0;
  let next = 0;
  await Promise.all(openers.map(async (opener, i) => {
    const trial = `${directory}/trial${i}`;
    for (;;) {
      const damage = all[next++];
      if (damage === undefined) return;
      await copyStore(`${directory}/${damage.base}`, trial);
      await apply(trial, damage);
      const { verdict, aborted } = await start(opener, truth, damage, trial);
      await Deno.remove(trial, { recursive: true });
      if (aborted) aborts += 1;
      const place = `${damage.base} ${damage.file}`;
      const counts = verdicts[place] ??= Object.fromEntries(
        VERDICTS.map((type) => [type, 0]),
      ) as typeof verdicts[string];
      counts[verdict.type] += 1;
      if (verdict.type === "wrong") wrong.push(`${show(damage)}: ${verdict.why.slice(0, 4).join("; ")}`);
    }
  }));
  const entries = Object.values(truth.live.worlds).reduce((sum, { hashes }) => sum + hashes.length - 1, 0);
  return { frames: truth.wal.committed, entries, verdicts, aborts, wrong };
}

/** One start, and the next one when the first ended the process: that one has to refuse. */
async function start(opener: Opener, truth: Truth, damage: Damage, directory: string) {
  const request = requestOf(truth.live, directory);
  const first = await opener.open(request);
  if (first.type !== "aborted") return { verdict: judge(truth, damage, first), aborted: false };
  const second = await opener.open(request);
  if (second.type === "refused" && second.code === 3) {
    return { verdict: { type: "refused", why: [] } satisfies Verdict, aborted: true };
  }
  const why = [
    `the process ended (${first.code}: ${first.message}), and the next start did not refuse: ${second.type}`,
  ];
  return { verdict: { type: "wrong", why } satisfies Verdict, aborted: true };
}

/** What an undamaged copy gives. */
async function readWhole(opener: Opener, live: LiveStore, directory: string, wal: Wal): Promise<Truth> {
  await copyStore(`${directory}/live`, `${directory}/whole`);
  const whole = await opener.open(requestOf(live, `${directory}/whole`));
  await Deno.remove(`${directory}/whole`, { recursive: true });
  if (whole.type !== "opened") throw new Error(`The undamaged store did not open: ${JSON.stringify(whole)}`);
  return { live, wal, whole };
}

function requestOf(live: LiveStore, directory: string): OpenRequest {
  const worlds = Object.entries(live.worlds).map(([id, { receipts }]) => (
    { id, sessions: [...new Set(receipts.map(({ session }) => session))] }
  ));
  return { directory, worlds, accounts: live.accounts, tokenHashes: live.tokenHashes };
}
