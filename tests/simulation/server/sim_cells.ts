/** Cells that take time, fail, lie dead with their process, and crash it at the commit boundary. */
import type { Cells, Check, Mutation } from "../../../kv/cells.ts";
import { decodeValue } from "../../../kv/codec.ts";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import type { Life } from "./life.ts";
import type { Weather } from "./weather.ts";

/** What happens to a commit. */
export type CommitFate =
  | "done"
  | "refuse"
  | "throwBefore"
  | "throwAfter"
  | "stallBefore"
  | "stallAfter"
  | "crashBefore"
  | "crashAfter";

export interface SimCellsOptions {
  readonly inner: Cells;
  /** How many checks an atomic is said to hold. */
  readonly checks: number;
  readonly agenda: Agenda;
  readonly life: Life;
  readonly chance: Chance;
  readonly weather: () => Weather;
  /** The fate of the next commit where a step of the plan has set one. */
  readonly ordered: () => CommitFate | undefined;
  /** Whether every write fails now: the disk is full. */
  readonly full: () => boolean;
  /** Ends the process. */
  readonly crash: (why: string) => void;
  readonly note: (what: string) => void;
  /** Two commits of different packs are on their way with the same world or account in them. */
  readonly overlap: (what: string) => void;
}

/** After so long (ms) the host takes a commit for hung, and may give its worlds to another. */
const HUNG_MS = 30_000;

/** Longer than the host waits before it takes an answer for lost. */
const STALL_LEAST_MS = 31_000;
const STALL_MOST_MS = 50_000;

export function simCells(options: SimCellsOptions): Cells {
  const { inner, agenda, life, chance, note } = options;
  const never = <T>() => new Promise<T>(() => {});

  async function read<T>(run: () => Promise<T>): Promise<T> {
    if (!life.alive) return await never();
    const { reads, commit } = options.weather();
    // Most reads are answered from memory; the others let something happen in between.
    if (chance.happens(0.1)) await wait(chance.int(0, commit));
    if (reads > 0 && chance.happens(reads)) throw new Error("The store cannot be read");
    return life.alive ? await run() : await never();
  }

  /** Never ends in a process that has ended meanwhile. */
  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => void agenda.after(ms, () => life.enter(resolve)));
  }

  function drawFate(): CommitFate {
    const { refuse, before, after, stall } = options.weather();
    if (options.full()) return "throwBefore";
    const x = chance.next();
    if (x < refuse) return "refuse";
    if (x < refuse + before) return "throwBefore";
    if (x < refuse + before + after) return "throwAfter";
    if (x < refuse + before + after + stall) return chance.pick(["stallBefore", "stallAfter"]);
    return "done";
  }

  /** Heads on their way to the disk, by their keys. */
  const flying = new Map<string, { readonly value: Uint8Array; readonly since: number }>();

  /** Notes the heads of a commit, none of which may be on its way with another pack; returns what takes the note away. */
  function fly(mutations: readonly Mutation[]): () => void {
    const heads: (() => void)[] = [];
    for (const { key, value } of mutations) {
      if (key[2] !== "head" || value === undefined) continue;
      const name = key.join("/");
      const other = flying.get(name);
      if (other !== undefined && agenda.now - other.since < HUNG_MS && packOf(other.value) !== packOf(value)) {
        options.overlap(`${name} is in ${packOf(other.value)} and in ${packOf(value)}`);
      }
      const mine = { value, since: agenda.now };
      flying.set(name, mine);
      heads.push(() => {
        if (flying.get(name) === mine) flying.delete(name);
      });
    }
    return () => {
      for (const land of heads) land();
    };
  }

  async function commit(checks: readonly Check[], mutations: readonly Mutation[]): Promise<string | undefined> {
    if (!life.alive) return await never();
    const land = fly(mutations);
    try {
      return await attempt(checks, mutations);
    } finally {
      land();
    }
  }

  async function attempt(checks: readonly Check[], mutations: readonly Mutation[]): Promise<string | undefined> {
    const fate = options.ordered() ?? drawFate();
    if (fate !== "done") note(`commit ${fate} ${mutations[0]?.key.join("/")}`);
    let reached = false;
    life.onEnd(() => {
      // What was on its way when the process died may have reached the disk.
      if (!reached && fate !== "crashBefore" && chance.happens(0.5)) void inner.commit(checks, mutations);
      reached = true;
    });
    const stalled = chance.int(STALL_LEAST_MS, STALL_MOST_MS);
    await wait(fate === "stallBefore" ? stalled : chance.int(0, options.weather().commit));
    reached = true;
    if (fate === "crashBefore") options.crash("before commit");
    if (fate === "throwBefore") throw new Error("The store failed before writing");
    if (fate === "refuse") return undefined;
    if (!life.alive) return await never();
    const stamp = await inner.commit(checks, mutations);
    if (fate === "crashAfter") options.crash("between commit and answer");
    if (fate === "throwAfter") throw new Error("The store failed after writing");
    if (fate === "stallAfter") await wait(stalled);
    else if (chance.happens(0.5)) await wait(chance.int(0, options.weather().commit));
    return life.alive ? stamp : await never();
  }

  return {
    ...inner,
    limits: { ...inner.limits, checks: options.checks },
    get: (key) => read(() => inner.get(key)),
    getMany: (keys) => read(() => inner.getMany(keys)),
    list: (range) => read(() => inner.list(range)),
    commit,
    close: () => {},
  };
}

/** The id of the pack that writes a head. */
function packOf(head: Uint8Array): string {
  return String((decodeValue(head) as { readonly commit?: unknown }).commit);
}
