import type { Clock } from "./clock.ts";
import type { LogLevel } from "./deps.ts";
import { faultText } from "./faults.ts";
import type { HostMetrics } from "./metrics.ts";

/** How much room the disk has: plenty, too little for new worlds, too little to write anything. */
export type DiskStage = "ample" | "low" | "full";

/** Room held in a file, as `kv/reserve.ts` makes it. */
export interface HeldRoom {
  readonly bytes: number;
  grow(to: number): Promise<boolean>;
  shrink(to: number): Promise<void>;
}

export interface DiskOptions {
  readonly reserve: HeldRoom;
  /** Below this much room (bytes, what is held counts as room) nothing new is begun. */
  readonly warn: number;
  /** Below this much nothing is written. */
  readonly stop: number;
  /** Whether the store still lies where it was opened: what is written to one that was moved away nobody finds again. */
  readonly intact?: () => Promise<boolean>;
  /** Told each time the stage is another one. */
  readonly changed?: (stage: DiskStage) => void;
}

/** How often it is looked at all, how often whether there is room, and how much is tried. */
const LOOK_MS = 2_000;
const TRY_MS = 10_000;
const TRY_BYTES = 1_048_576;
/** The reserve is taken slowly, so that play does not notice. */
const TAKE_MS = 500;
const TAKE_BYTES = 2 * 1_048_576;
/** Pauses between attempts to win the room back: each one fills the disk for a moment when there is none. */
const AGAIN_MS = { low: { least: 60_000, most: 600_000 }, full: { least: 2_000, most: 30_000 } } as const;

/**
 * Watches the room on the disk without asking for it, which a server has no permission for: what must not be used up is
 * held in a file. While it can be held there is plenty. Once something cannot be written, the file is made smaller: to
 * the size below which nothing may be written (stage `low`), then it is given up (stage `full`), so that stopping and
 * the store's checkpoint have room. Winning it back ends each stage by itself.
 */
export class DiskWatch {
  readonly #options: DiskOptions;
  readonly #clock: Clock;
  readonly #metrics: HostMetrics;
  readonly #log: (level: LogLevel, event: string, fields: Readonly<Record<string, unknown>>) => void;
  /** Told when nothing may be written any more, and when it may again. */
  readonly #hold: (on: boolean) => void;
  #stage: DiskStage = "ample";
  #gone = false;
  #tryAt = 0;
  #again: number = AGAIN_MS.low.least;
  #againAt = 0;
  #cancel = () => {};
  #stopped = false;
  /** One thing at a time is done with the file. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    options: DiskOptions,
    { clock, metrics, log, hold }: {
      readonly clock: Clock;
      readonly metrics: HostMetrics;
      readonly log: (level: LogLevel, event: string, fields: Readonly<Record<string, unknown>>) => void;
      readonly hold: (on: boolean) => void;
    },
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#metrics = metrics;
    this.#log = log;
    this.#hold = hold;
    this.#plan(TAKE_MS);
  }

  get stage(): DiskStage {
    return this.#stage;
  }

  /** Whether the store was moved or removed under the server: full for as long. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Bytes held now. */
  get held(): number {
    return this.#options.reserve.bytes;
  }

  /**
   * Something could not be written. Gives back what is held for this case, and says whether writing may be tried again.
   * Where there is room all the same, the fault is another one: nothing changes.
   */
  async relieve(): Promise<boolean> {
    try {
      return await this.#inTurn(async () => {
        if (this.#stage !== "full" && await this.#tryRoom()) return false;
        await this.#lower();
        return this.#stage !== "full";
      });
    } catch (fault) {
      this.#log("warning", "no disk space could be given back", { fault: faultText(fault) });
      return false;
    }
  }

  /** No more looking. Where room is short it is given back, so that what is still to be written at the end has some. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#inTurn(async () => {
      if (this.#stage !== "ample") await this.#shrink(0);
    });
  }

  #plan(ms: number): void {
    this.#cancel();
    if (this.#stopped) return;
    this.#cancel = this.#clock.after(ms, () => {
      this.#inTurn(() => this.#look()).then((next) => this.#plan(next), (fault) => {
        this.#log("warning", "disk could not be looked at", { fault: faultText(fault) });
        this.#plan(LOOK_MS);
      });
    });
  }

  /** Looks once; answers when to look again (ms). */
  async #look(): Promise<number> {
    const { reserve, warn, intact } = this.#options;
    const gone = intact !== undefined && !(await intact());
    if (gone !== this.#gone) this.#log(gone ? "error" : "info", gone ? "store is gone" : "store is back", {});
    this.#gone = gone;
    if (gone) {
      if (this.#stage !== "full") this.#enter("full");
      return LOOK_MS;
    }
    if (this.#stage === "ample") {
      if (reserve.bytes < warn) {
        if (!(await reserve.grow(Math.min(warn, reserve.bytes + TAKE_BYTES)))) await this.#lower();
        this.#measure();
        return reserve.bytes < warn ? TAKE_MS : LOOK_MS;
      }
      await this.#lowerWithoutRoom();
    } else if (this.#clock.monotonic() >= this.#againAt) await this.#raise();
    else if (this.#stage === "low") await this.#lowerWithoutRoom();
    return LOOK_MS;
  }

  /** Tries now and then whether a little more fits. */
  async #lowerWithoutRoom(): Promise<void> {
    const now = this.#clock.monotonic();
    if (now < this.#tryAt) return;
    this.#tryAt = now + TRY_MS;
    if (!(await this.#tryRoom())) await this.#lower();
  }

  /** Whether a little more could be written than is held. */
  async #tryRoom(): Promise<boolean> {
    const { reserve } = this.#options;
    const before = reserve.bytes;
    const room = await reserve.grow(before + TRY_BYTES);
    await this.#shrink(before);
    return room;
  }

  /** One stage down: what the stage no longer needs is given back. */
  async #lower(): Promise<void> {
    const { reserve, stop } = this.#options;
    if (this.#stage === "ample" && reserve.bytes > stop) {
      await this.#shrink(stop);
      if (reserve.bytes <= stop) return this.#enter("low");
    }
    await this.#shrink(0);
    this.#enter("full");
  }

  /** Tries to win back what the stage above holds. */
  async #raise(): Promise<void> {
    const { reserve, stop, warn } = this.#options;
    const [goal, fallback, better] = this.#stage === "full"
      ? [stop, 0, "low"] as const
      : [warn, stop, "ample"] as const;
    // Some beyond, or the first write would be the next to fail.
    if (await reserve.grow(goal + TRY_BYTES)) {
      await this.#shrink(goal);
      return this.#enter(better);
    }
    await this.#shrink(fallback);
    this.#again = Math.min(this.#again * 2, this.#stage === "full" ? AGAIN_MS.full.most : AGAIN_MS.low.most);
    this.#againAt = this.#clock.monotonic() + this.#again;
  }

  /** Where even that fails, as on a file system become read-only, there is nothing to give back. */
  async #shrink(to: number): Promise<void> {
    try {
      await this.#options.reserve.shrink(to);
    } catch (fault) {
      this.#log("warning", "held disk space could not be given back", { fault: faultText(fault) });
    }
  }

  #enter(stage: DiskStage): void {
    const was = this.#stage;
    this.#stage = stage;
    this.#again = stage === "full" ? AGAIN_MS.full.least : AGAIN_MS.low.least;
    // Coming up from a full disk the next step up may be tried at once.
    this.#againAt = this.#clock.monotonic() + (was === "full" ? 0 : this.#again);
    this.#measure();
    if (stage === was) return;
    const level = stage === "full" ? "error" : stage === "low" ? "warning" : "info";
    this.#log(level, `disk space is ${stage}`, { held: this.held, was });
    this.#options.changed?.(stage);
    if (stage === "full" || was === "full") this.#hold(stage === "full");
    if (stage === "full") {
      // Soon, not when the look planned before would come.
      this.#plan(AGAIN_MS.full.least);
    }
  }

  #measure(): void {
    this.#metrics.diskStage.set(this.#stage === "ample" ? 0 : this.#stage === "low" ? 1 : 2);
    this.#metrics.diskReserve.set(this.held);
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(run);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
