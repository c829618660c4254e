import type { Intent } from "../engine/types/command.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { Audience } from "../engine/types/names.ts";
import { DamagedRecord, type Receipt, type Store, type WorldHead } from "../kv/ports.ts";
import { refuse, type Refused, settles } from "./answers.ts";
import type { Answer } from "./api.ts";
import type { Committer } from "./committer.ts";
import { decideJob } from "./decide_job.ts";
import type { HostDeps, HostOptions } from "./deps.ts";
import { AssertionFailed, faultText } from "./faults.ts";
import type { Job } from "./job.ts";
import { Lane } from "./lane.ts";
import type { LoadedWorld } from "./load_world.ts";
import { Mailbox } from "./mailbox.ts";
import type { Position } from "./position.ts";
import type { Publisher } from "./publisher.ts";
import { rebase } from "./rebase.ts";
import { Stream } from "./stream.ts";
import { UnwrittenReceipts } from "./unwritten_receipts.ts";
import type { DropReason, Party, Unit } from "./unit.ts";
import type { Decided } from "./world_unit.ts";

/** Commands that may wait in one world, decided or not. */
const MAILBOX = 64;
const REBASES = 5;
const SAMPLE = 100;
/** A choice older than this many commands is stale whatever it relies on. */
const RECENT = 64;

/** What every live world shares. */
export interface WorldShop {
  readonly deps: HostDeps;
  readonly options: HostOptions;
  readonly store: Store;
  readonly committer: Committer;
  readonly publisher: Publisher;
  /** Called after each durable command of a world. */
  readonly advanced: (world: LiveWorld) => void;
  /** Called once everybody has been told what a command did, before they are told anything more. */
  readonly told: (world: LiveWorld, events: readonly WorldEvent[]) => void;
  /** Called once a world has been frozen and its listeners were told. */
  readonly frozen: (world: LiveWorld) => void;
}

/**
 * A world in memory. `committed` is what is on disk: queries and views read only this. `pending` is committed plus the
 * commands decided but not yet durable; the next command is decided on it.
 */
export class LiveWorld {
  readonly id: string;
  readonly party: Party;
  readonly mailbox: Mailbox;
  readonly streams: ReadonlyMap<Audience, Stream>;
  readonly shop: WorldShop;
  readonly epoch: number;
  committed: Position;
  pending: Position;
  /** Newest snapshot, and what was written since. */
  snapshot: number;
  bytesSinceSnapshot = 0;
  /** Receipts that so far stand in entries only. */
  readonly unwritten = new UnwrittenReceipts();
  /** When a player last asked for something, or listened (ms, monotonic). */
  activeAt: number;
  #frozen: string | undefined;
  #frozenAt: number | undefined;
  /** Decided, not yet durable; oldest first. */
  #flying: Decided[] = [];
  /** Messages of the party's stream decided here lately, for {@link LiveWorld.isStale}. */
  #recent: { readonly seq: number; readonly events: readonly WorldEvent[] }[] = [];
  readonly #lanes = new Map<string, Lane>();
  /** What comes once in many commands comes at another one in each world: worlds that began together stay apart. */
  readonly phase: number;
  #rebased = 0;
  #samples: number;
  #dropped: Job[] = [];

  constructor(
    id: string,
    shop: WorldShop,
    loaded: Pick<LoadedWorld, "position" | "snapshot" | "receipts"> & { epoch: number; stamp: string | null },
  ) {
    const { deps } = shop;
    for (const receipt of loaded.receipts) this.unwritten.add(receipt);
    this.id = id;
    this.shop = shop;
    this.epoch = loaded.epoch;
    this.phase = phaseOf(id);
    this.#samples = this.phase;
    this.committed = loaded.position;
    this.pending = loaded.position;
    this.snapshot = loaded.snapshot;
    this.activeAt = deps.clock.monotonic();
    this.party = { owner: { type: "world", id }, stamp: loaded.stamp, queue: [], underWay: false };
    this.mailbox = new Mailbox((fault) => this.freeze(faultText(fault)));
    const { engine, metrics } = deps;
    const check = () => this.samples();
    this.streams = new Map(
      engine.audiences.map((audience) => [
        audience,
        new Stream({ world: id, audience, epoch: this.epoch, engine, metrics, check }),
      ]),
    );
  }

  get frozen(): boolean {
    return this.#frozen !== undefined;
  }

  /** When it was frozen (ms, monotonic). */
  get frozenAt(): number | undefined {
    return this.#frozenAt;
  }

  /** Nothing waits, nothing is on its way to disk, nobody listens. */
  get quiet(): boolean {
    return this.mailbox.size === 0 && this.#flying.length === 0 && !this.listened;
  }

  get listened(): boolean {
    for (const stream of this.streams.values()) if (stream.size > 0 || stream.waiting) return true;
    return false;
  }

  /** Whether to make a check that costs something now: one in a hundred, all of them in tests. */
  samples(): boolean {
    return this.shop.options.checkAll || ++this.#samples % SAMPLE === 0;
  }

  stream(audience: Audience): Stream {
    const stream = this.streams.get(audience);
    if (stream === undefined) throw new RangeError(`Cannot find stream ${audience} of ${this.id}`);
    return stream;
  }

  /** Puts a command into the mailbox; it is answered exactly once. */
  submit(job: Job): void {
    if (this.mailbox.size + this.#flying.length >= MAILBOX) return job.answer(refuse("server/busy"));
    const { numbered } = job;
    this.mailbox.put(
      () =>
        numbered === undefined || this.#lane(numbered.session, numbered.lane) !== undefined
          ? undefined
          : this.loadLane(numbered.session, numbered.lane),
      () => this.#run(job),
      (fault) => job.answer(refuse(this.#whyNotRun(fault))),
    );
  }

  #whyNotRun(fault: unknown): "server/going_away" | "server/store_unavailable" | "world/frozen" {
    if (fault === undefined) return "server/going_away";
    return this.frozen ? "world/frozen" : "server/store_unavailable";
  }

  /**
   * The lane's order and receipts, read from the store the first time. A damaged receipt freezes the world: whatever it
   * answered could be asked for and happen once more.
   */
  async loadLane(session: string, number: number): Promise<Lane> {
    const known = this.#lane(session, number);
    if (known !== undefined) return known;
    // A snapshot may give them keys of their own while the store is read, too late to be found there.
    const unwritten = this.unwritten.of(session, number);
    const stored = await this.#readReceipts(session, number);
    // Somebody else's reading may have ended first, and a command may be under way in its lane.
    const meanwhile = this.#lane(session, number);
    if (meanwhile !== undefined) return meanwhile;
    const lane = new Lane([...stored, ...unwritten, ...this.unwritten.of(session, number)]);
    this.#lanes.set(`${session}/${number}`, lane);
    return lane;
  }

  async #readReceipts(session: string, number: number): Promise<readonly Receipt[]> {
    try {
      return await this.shop.store.readReceipts(this.party.owner, session, number);
    } catch (fault) {
      if (fault instanceof DamagedRecord) this.freeze(fault.message);
      throw fault;
    }
  }

  /** Lanes in memory. */
  get lanes(): number {
    return this.#lanes.size;
  }

  /** Lets lanes nobody uses leave memory, while nothing is under way that holds one; how many did. */
  forgetLanes(): number {
    if (this.mailbox.size > 0 || this.#flying.length > 0) return 0;
    const before = this.#lanes.size;
    for (const [key, lane] of this.#lanes) if (lane.rests()) this.#lanes.delete(key);
    return before - this.#lanes.size;
  }

  /** Settles a refusal: remembered where it uses its number up, and held back while it rests on undecided things. */
  refuseJob(job: Job, lane: Lane | undefined, refused: Refused): void {
    const answer: Answer = {
      ok: false,
      refusal: { ...refused.refusal, epoch: this.epoch, seq: this.pending.seq.party },
    };
    const { cseq, fingerprint } = job.numbered ?? { cseq: 0, fingerprint: "" };
    const tell = () => {
      if (lane !== undefined && settles(refused.refusal)) lane.rejected(cseq, fingerprint, answer);
      else lane?.dropped(cseq);
      this.shop.deps.metrics.commands.inc({ outcome: "refused" });
      job.answer(answer);
    };
    const last = this.#flying.at(-1);
    if (last === undefined) return tell();
    lane?.begin(cseq);
    last.followers.push({
      durable: tell,
      dropped: () => {
        lane?.dropped(cseq);
        this.#dropped.push(job);
      },
    });
  }

  /** Whether something has happened since message `seq` that a choice made on it relies on. */
  isStale(seq: number, intent: Intent): boolean {
    const head = this.pending.seq.party;
    if (seq >= head) return seq > head;
    const since = this.#recent.filter((message) => message.seq > seq);
    if (since.length < head - seq) return true;
    const { engine } = this.shop.deps;
    return since.some(({ events }) => events.some((event) => engine.relies(event, intent)));
  }

  /** Takes a decided command on its way to disk. */
  fly(decided: Decided): void {
    this.#flying.push(decided);
    this.pending = decided.after;
    const seq = decided.after.seq.party;
    if (seq > decided.before.seq.party) this.#recent.push({ seq, events: decided.events });
    if (this.#recent.length > RECENT) this.#recent.shift();
    this.bytesSinceSnapshot += decided.changes.bytes;
    this.shop.committer.add(this.party, this.#unit(decided));
  }

  /** Stops this one world: it must not write anything that rests on a broken assertion. */
  freeze(why: string): void {
    if (this.#frozen !== undefined) return;
    this.#frozen = why;
    this.#frozenAt = this.shop.deps.clock.monotonic();
    this.shop.deps.log("error", "world frozen", { world: this.id, why });
    this.shop.deps.metrics.worldsFrozen.inc();
    for (const stream of this.streams.values()) stream.end(refuse("world/frozen").refusal);
    this.shop.frozen(this);
  }

  #lane(session: string, number: number): Lane | undefined {
    return this.#lanes.get(`${session}/${number}`);
  }

  #run(job: Job): void {
    const { numbered } = job;
    const lane = numbered && this.#lane(numbered.session, numbered.lane);
    if (numbered !== undefined && lane !== undefined) {
      const known = lane.look(numbered.cseq, numbered.fingerprint);
      if (known !== undefined) return job.answer(known);
    }
    const { mode } = this.shop.committer;
    if (this.frozen) return job.answer(refuse("world/frozen"));
    if (mode !== "ok") {
      return job.answer(refuse(mode === "read_only" ? "server/read_only" : "server/store_unavailable"));
    }
    try {
      decideJob(this, job, lane);
    } catch (fault) {
      if (fault instanceof AssertionFailed) this.freeze(faultText(fault));
      this.shop.deps.log("error", "command failed", { world: this.id, rid: job.rid, fault: faultText(fault) });
      this.shop.deps.metrics.faults.inc({ kind: "command" });
      job.answer(refuse(this.frozen ? "world/frozen" : "server/internal"));
    }
  }

  #unit(decided: Decided): Unit {
    const also = decided.also?.account;
    const heads: Unit["heads"] = [
      { party: this.party, type: "world", head: this.#head(decided.after) },
      ...(also === undefined ? [] : [{ party: also.party, type: "account" as const, head: also.record }]),
    ];
    return {
      heads,
      changes: decided.changes,
      durable: () => this.#durable(decided),
      dropped: (reason) => this.#drop(decided, reason),
      unknown: () => this.#tell(decided, refuse("server/store_unavailable")),
    };
  }

  #head({ n, seq, due }: Position): WorldHead {
    const { stateVersion, viewVersion } = this.shop.deps.engine;
    const noted = due === undefined ? {} : { due };
    return { n, epoch: this.epoch, commit: "", seq, state: stateVersion, view: viewVersion, ...noted };
  }

  /** On disk: acknowledge, in the order of the log, then hand over to publishing. */
  #durable(decided: Decided): void {
    try {
      this.#flying.shift();
      this.committed = decided.after;
      this.#rebased = 0;
      this.#keepReceipt(decided);
      decided.also?.account?.settled(true);
      this.shop.deps.metrics.commands.inc({ outcome: "stored" });
      this.#tell(decided, { ok: true, result: decided.result });
      for (const follower of decided.followers) follower.durable();
      this.shop.publisher.add(this, decided);
      this.shop.advanced(this);
    } catch (fault) {
      this.freeze(faultText(fault));
    }
  }

  #keepReceipt({ receipt, lane, job: { numbered } }: Decided): void {
    if (receipt === undefined || numbered === undefined) return;
    lane?.stored(receipt);
    this.unwritten.add({ session: numbered.session, lane: numbered.lane, receipt });
  }

  #tell(decided: Decided, answer: Answer): void {
    if (decided.told) return;
    decided.told = true;
    decided.job.answer(answer);
  }

  /**
   * Not stored and never will be. After a conflict the committer takes back all of a world's units together, oldest
   * first; for a full disk those alone that wait, while older ones may be on their way and become true.
   */
  #drop(decided: Decided, reason: DropReason): void {
    this.#flying = this.#flying.filter((other) => other !== decided);
    this.pending = this.#flying.at(-1)?.after ?? this.committed;
    this.#recent = this.#recent.filter(({ seq }) => seq <= this.pending.seq.party);
    decided.also?.account?.settled(false);
    if (decided.job.numbered !== undefined) decided.lane?.dropped(decided.job.numbered.cseq);
    if (!decided.told) this.#dropped.push(decided.job);
    for (const follower of decided.followers) follower.dropped();
    if (reason === "conflict" && this.#flying.length > 0) return;
    const jobs = this.#dropped.splice(0);
    if (reason === "conflict" && ++this.#rebased <= REBASES) {
      this.#lanes.clear();
      return rebase(this, jobs);
    }
    // Whoever asks again begins anew.
    this.#rebased = 0;
    const code = reason === "read_only"
      ? "server/read_only"
      : reason === "conflict"
      ? "server/busy"
      : "server/going_away";
    for (const job of jobs) job.answer(refuse(code));
  }
}

function phaseOf(id: string): number {
  let phase = 0;
  for (let i = 0; i < id.length; i++) phase = (phase * 31 + id.charCodeAt(i)) % SAMPLE;
  return phase;
}
