/** The machine the server runs on: its disk outlives every process, and something starts the next one. */
import { loadWorld } from "../../../host/load_world.ts";
import type { StoredWorld } from "../../../host/store_import.ts";
import type { Cells } from "../../../kv/cells.ts";
import { memoryCells } from "../../../kv/memory_cells.ts";
import type { LogEntry, Store } from "../../../kv/ports.ts";
import { raisedEpoch } from "../../../kv/raise_epochs.ts";
import { createStore } from "../../../kv/store.ts";
import type { Messages } from "../../../routes/wire/messages.ts";
import type { SeatId } from "../../../engine/types/ids.ts";
import { type Backup, backUp, putBack } from "./backup.ts";
import { createChance } from "./chance.ts";
import { clockOf, Life, START, type WallClock } from "./life.ts";
import { simLimits } from "./limits.ts";
import type { Plan } from "./plan.ts";
import type { Plant } from "./plant.ts";
import { type Process, startProcess } from "./process.ts";
import { takeIn } from "./newcomers.ts";
import { type CommitFate, simCells } from "./sim_cells.ts";
import type { Stage } from "./stage.ts";
import type { Weather } from "./weather.ts";
import type { Inspector } from "./inspector.ts";

/** A stop that takes longer is ended by the process itself. */
const STOP_LIMIT_MS = 10_000;
/** What a store that fails makes of an import: it is given up, and there is no world. */
const IMPORT_FAILED = /The store (cannot be read|failed)|the store refuses the write|did not come back as written/;

export class Machine {
  readonly #stage: Stage;
  readonly #plan: Plan;
  readonly #plant: Plant;
  readonly #messages: Messages;
  readonly #inspector: Inspector;
  readonly #restored: () => Promise<void>;
  /** The bare disk, and the same with everything that is written to it seen. */
  #bare: Cells;
  #disk: Cells;
  #backup: Backup | undefined;
  #restoring = false;
  readonly #wall: WallClock = { offset: 0 };
  readonly #chance;
  /** What process and disk draw on: fates, times, ids. */
  readonly #ids;
  #process: Process | undefined;
  #stopping = false;
  #fates: CommitFate[] = [];
  #fullUntil = 0;
  elsewheres = 0;
  weather: Weather;
  starts = 0;

  constructor(
    given: {
      stage: Stage;
      plan: Plan;
      plant: Plant;
      messages: Messages;
      inspector: Inspector;
      weather: Weather;
      /** A backup lies where the store was; no process has it open yet. */
      restored: () => Promise<void>;
    },
  ) {
    this.#stage = given.stage;
    this.#plan = given.plan;
    this.#plant = given.plant;
    this.#messages = given.messages;
    this.#inspector = given.inspector;
    this.weather = given.weather;
    this.#restored = given.restored;
    this.#bare = memoryCells();
    this.#disk = given.stage.truth.watch(this.#bare);
    this.#chance = createChance(given.plan.seed, "machine");
    this.#ids = createChance(given.plan.seed, "ids");
  }

  /** The store as it lies on disk, without any fault. */
  get store(): Store {
    return createStore(this.#disk);
  }

  get up(): boolean {
    return this.#process?.life.alive === true && !this.#stopping;
  }

  async boot(): Promise<void> {
    const { agenda, witness, engine, network } = this.#stage;
    const { checkAll, snapshotEvery, sleepAfterMs, worldLogLimit, checks } = this.#plan;
    const chance = this.#chance;
    if (this.#restoring) await this.#putBack();
    const life = new Life(agenda);
    this.#inspector.forget();
    this.#stopping = false;
    this.starts++;
    witness.note("machine", `starts process ${this.starts}`);
    const cells = simCells({
      inner: this.#disk,
      checks,
      agenda,
      life,
      chance,
      weather: () => this.weather,
      ordered: () => this.#fates.shift(),
      full: () => agenda.now < this.#fullUntil,
      crash: (why) => this.crash(why),
      note: (what) => witness.note("store", what),
      overlap: (what) => witness.say("a world is in one atomic at a time", what),
    });
    const process = await startProcess({
      life,
      clock: clockOf(life, agenda, this.#wall, chance, () => chance.int(0, this.weather.lag)),
      chance: this.#ids,
      witness,
      disk: this.#disk,
      cells,
      engine,
      options: { checkAll, snapshotEvery, sleepAfterMs, worldLogLimit },
      limits: simLimits(agenda, () => this.weather),
      plant: this.#plant,
      messages: this.#messages,
    });
    this.#process = process;
    network.process = process;
  }

  /** SIGKILL. Something starts it again after a while. */
  crash(why: string): void {
    if (this.#process?.life.alive !== true) return;
    this.#stage.witness.note("machine", `crashes: ${why}`);
    this.#end();
  }

  /** SIGTERM. */
  stop(): void {
    const process = this.#process;
    if (process === undefined || !this.up) return;
    this.#stopping = true;
    this.#stage.witness.note("machine", "stops");
    const ended = () => process === this.#process && process.life.alive && this.#end();
    this.#stage.agenda.after(STOP_LIMIT_MS, ended);
    process.stop().then(ended, (fault) => {
      if (process.life.alive) this.#stage.witness.say("no unforeseen fault", `stopping failed: ${fault}`);
    });
  }

  /** Keeps everything that is stored now, in the place of what was kept before. */
  async backUp(): Promise<void> {
    const worlds = [...this.#stage.truth.worlds.keys()];
    this.#stage.witness.note("machine", "makes a backup");
    this.#backup = await backUp(this.#bare, worlds);
  }

  /** Ends the server; the next one starts on the backup. */
  restore(after: "stop" | "crash"): void {
    if (this.#backup === undefined) return;
    this.#restoring = true;
    if (after === "stop") this.stop();
    else this.crash("to restore a backup");
  }

  /** The operator takes a world in that was exported from here; undefined when nothing came of it. */
  async takeIn(world: string): Promise<StoredWorld | undefined> {
    const { witness, truth } = this.#stage;
    const process = this.#process;
    if (process === undefined || !this.up || truth.epoch(world) === undefined) return undefined;
    const copy = await backUp(this.#bare, [world]);
    try {
      const stored = await takeIn(copy, world, process.importer);
      witness.note("machine", `takes in ${world} as ${stored?.world} ${stored?.epoch}`);
      return stored;
    } catch (fault) {
      witness.note("machine", `cannot take in ${world}: ${fault}`);
      if (process.life.alive && !IMPORT_FAILED.test(String(fault))) {
        witness.say("no unforeseen fault", `importing failed: ${fault}`);
      }
      return undefined;
    }
  }

  async #putBack(): Promise<void> {
    const { truth, witness, history, agenda } = this.#stage;
    const backup = this.#backup ?? [];
    this.#restoring = false;
    const old = this.#bare;
    this.#bare = memoryCells();
    this.#disk = truth.watch(this.#bare);
    const now = START + agenda.now + this.#wall.offset;
    const heads = await putBack({ backup, old, fresh: this.#bare, now, raise: this.#plant.raise ?? raisedEpoch });
    witness.note("machine", `restores a backup: ${JSON.stringify([...heads])}`);
    truth.tell(history);
    truth.restored(heads);
    for (const [world, { n, epoch }] of heads) history.write({ type: "restored", world, n, epoch });
    await this.#restored();
  }

  #end(): void {
    const { agenda, network } = this.#stage;
    network.process = undefined;
    this.#process?.life.end();
    this.#stopping = false;
    agenda.after(this.#chance.int(50, 3_000), () => void this.boot());
  }

  /** SIGSTOP and, so much later, SIGCONT. */
  pause(ms: number): void {
    this.#process?.life.stopFor(ms);
  }

  /** The wall clock is set. */
  jump(ms: number): void {
    this.#wall.offset += ms;
  }

  fill(ms: number): void {
    this.#fullUntil = this.#stage.agenda.now + ms;
  }

  order(fate: CommitFate): void {
    this.#fates.push(fate);
  }

  /** Everything works from here on. */
  calm(weather: Weather): void {
    this.weather = weather;
    this.#fates = [];
    this.#fullUntil = 0;
  }

  /** Another node adds a line of talk to a world, behind the back of ours. */
  async elsewhere(world: string): Promise<void> {
    const { engine, witness, truth } = this.#stage;
    const { store } = this;
    const found = await loadWorld(store, engine, world);
    if (found === undefined) return;
    const { position, head, stamp } = found;
    const at = Math.max(position.at, START + this.#stage.agenda.now + this.#wall.offset);
    const n = position.n + 1;
    const intent = { type: "Say", text: `From elsewhere ${++this.elsewheres}` } as const;
    const seat = "s_1" as SeatId;
    const outcome = engine.step(position.state, { by: { type: "seat", seat }, at, intent }, { epoch: head.epoch, n });
    if (!outcome.ok) return;
    const seq = { ...position.seq, "party.talk": truth.seq(world, "party.talk") + 1 };
    const entry: LogEntry = {
      n,
      at,
      rid: `r-elsewhere-${this.elsewheres}`,
      actor: seat,
      session: "",
      lane: 0,
      cseq: 0,
      command: { ...intent },
      events: JSON.parse(JSON.stringify(outcome.events)),
      seq,
      epoch: head.epoch,
      view: engine.viewVersion,
    };
    const result = await store.commit({
      id: `k_elsewhere_${this.elsewheres}`,
      subjects: [{ owner: { type: "world", id: world }, stamp, head: { ...head, n, seq } }],
      changes: [store.prepare([{ type: "entry", world, entry }])],
    });
    witness.note("node", `writes behind our back: ${world} ${n} ${result.ok}`);
  }
}
