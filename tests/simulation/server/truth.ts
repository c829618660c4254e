/**
 * What is really stored, folded by rules that nobody has tampered with: every entry as it is committed, the messages that
 * follow from it, and whether the rules would decide it again.
 */
import type { By, Command, Intent } from "../../../engine/types/command.ts";
import type { SeatId } from "../../../engine/types/ids.ts";
import { type Audience, AUDIENCES } from "../../../engine/types/names.ts";
import type { WorldState } from "../../../engine/types/state.ts";
import type { EnginePort } from "../../../host/engine_port.ts";
import { eventsOf } from "../../../host/load_world.ts";
import { redactAll } from "../../../host/messages.ts";
import type { Cells, Mutation } from "../../../kv/cells.ts";
import { decodeValue, joinParts } from "../../../kv/codec.ts";
import type { LogEntry } from "../../../kv/ports.ts";
import { worldHead } from "../../../kv/records.ts";
import { entryLine, type History } from "../../kit/history.ts";
import type { Witness } from "./witness.ts";

/** A message as it has to be. */
export interface Expected {
  readonly n: number;
  readonly at: number;
  readonly rid: string;
  readonly events: string;
  readonly hash: string;
  /** Accounts that have a seat before or after it. */
  readonly members: ReadonlySet<string>;
}

export interface WorldTruth {
  readonly id: string;
  readonly entries: LogEntry[];
  /** The state after each entry. */
  readonly states: WorldState[];
  readonly messages: Readonly<Record<Audience, Expected[]>>;
  /** Streams of the times before a restore, by their epochs. */
  readonly past: Map<number, Readonly<Record<Audience, readonly Expected[]>>>;
  state: WorldState;
  /** Which history it is; undefined: it has no head, and so is no world (yet). */
  epoch: number | undefined;
  /** How many of the entries stand in the history of this run. */
  told: number;
}

/** Where a restored world stands. */
export interface Head {
  readonly n: number;
  readonly epoch: number;
}

export class Truth {
  readonly worlds = new Map<string, WorldTruth>();
  readonly #engine: EnginePort;
  readonly #witness: Witness;
  /** Entries by the command they come from. */
  readonly #commands = new Map<string, LogEntry>();
  /** How often a backup was restored. */
  restores = 0;
  /** Hears of every entry. */
  stored: (world: string, entry: LogEntry) => void = () => {};

  constructor(engine: EnginePort, witness: Witness) {
    this.#engine = engine;
    this.#witness = witness;
  }

  /** The cells with everything that is committed seen here first. */
  watch(cells: Cells): Cells {
    return {
      ...cells,
      commit: async (checks, mutations) => {
        const stamp = await cells.commit(checks, mutations);
        if (stamp !== undefined) this.#saw(mutations);
        return stamp;
      },
    };
  }

  entryOf(world: string, session: string, lane: number, cseq: number): LogEntry | undefined {
    return this.#commands.get(`${world}/${session}/${lane}/${cseq}`);
  }

  /** Newest number of a stream on disk. */
  seq(world: string, audience: Audience): number {
    return this.worlds.get(world)?.messages[audience].length ?? 0;
  }

  message(world: string, audience: Audience, seq: number, epoch: number): Expected | undefined {
    const found = this.worlds.get(world);
    return (found?.epoch === epoch ? found.messages : found?.past.get(epoch) ?? found?.messages)?.[audience][seq - 1];
  }

  epoch(world: string): number | undefined {
    return this.worlds.get(world)?.epoch;
  }

  /** Writes what is stored into a history, as far as it does not stand there yet. */
  tell(history: History): void {
    for (const world of this.worlds.values()) {
      for (const entry of world.entries.slice(world.told)) history.write(entryLine(world.id, entry));
      world.told = world.entries.length;
    }
  }

  /** A backup was restored: these worlds are back at what they were, under new epochs, and there are no others. */
  restored(heads: ReadonlyMap<string, Head>): void {
    this.restores++;
    for (const world of [...this.worlds.values()]) {
      const head = heads.get(world.id);
      if (head === undefined) {
        this.worlds.delete(world.id);
        continue;
      }
      const { n, epoch } = head;
      if (world.epoch !== undefined) {
        world.past.set(world.epoch, {
          "party": [...world.messages.party],
          "party.talk": [...world.messages["party.talk"]],
        });
      }
      for (const { session, lane, cseq } of world.entries.slice(n)) {
        this.#commands.delete(`${world.id}/${session}/${lane}/${cseq}`);
      }
      world.entries.length = n;
      world.states.length = n;
      world.state = world.states.at(-1) ?? this.#engine.start(world.id);
      for (const audience of AUDIENCES) {
        const messages = world.messages[audience];
        while ((messages.at(-1)?.n ?? 0) > n) messages.pop();
      }
      world.epoch = epoch;
      world.told = n;
    }
  }

  #saw(mutations: readonly Mutation[]): void {
    const parts = new Map<string, Uint8Array[]>();
    for (const { key: [room, world, kind, n], value } of mutations) {
      if (room !== "w" || kind !== "ev" || value === undefined) continue;
      const id = `${world}/${n}`;
      parts.set(id, [...parts.get(id) ?? [], value]);
    }
    for (const [id, values] of parts) {
      this.#add(id.slice(0, id.indexOf("/")), decodeValue(joinParts(values)) as unknown as LogEntry);
    }
    for (const { key: [room, world, kind], value } of mutations) {
      if (room === "w" && kind === "head" && value !== undefined) this.#sawHead(String(world), value);
    }
  }

  /** A head is written with the entries it stands behind, never without them and never after newer ones. */
  #sawHead(id: string, value: Uint8Array): void {
    const { n, epoch, seq } = worldHead.parse(decodeValue(value));
    const world = this.worlds.get(id);
    if (world === undefined || n !== world.entries.length) {
      return this.#witness.say(
        "head as the log says",
        `${id}: a head at ${n} over ${world?.entries.length ?? 0} entries`,
      );
    }
    for (const audience of AUDIENCES) {
      if ((seq[audience] ?? 0) === world.messages[audience].length) continue;
      this.#witness.say("head as the log says", `${id}: a head at ${audience} ${seq[audience]} after entry ${n}`);
    }
    if (world.epoch !== undefined && epoch !== world.epoch) {
      this.#witness.say("head as the log says", `${id}: epoch ${epoch} after ${world.epoch}`);
    }
    world.epoch = epoch;
  }

  #add(id: string, entry: LogEntry): void {
    const engine = this.#engine;
    const world = this.worlds.get(id) ?? this.#begin(id);
    const { n, session, lane, cseq, at, rid } = entry;
    this.#witness.note("disk", `${id} ${n} ${Object.values(entry.seq)} ${rid}`);
    if (n <= world.entries.length) {
      // What nobody has begun yet may be written again: an import tries twice.
      if (world.epoch === undefined && JSON.stringify(entry) === JSON.stringify(world.entries[n - 1])) return;
      return this.#witness.say("log is append only", `${id}: entry ${n} was written over`);
    }
    if (n !== world.entries.length + 1) {
      return this.#witness.say("log contiguous", `${id}: entry ${n} after ${world.entries.length}`);
    }
    if (at < (world.entries.at(-1)?.at ?? 0)) this.#witness.say("log contiguous", `${id}: the stamp of ${n} falls`);
    if (session !== "" && entry.receipt === undefined) {
      this.#witness.say("receipt in the same commit", `${id}: entry ${n} comes without its receipt`);
    }
    this.#decideAgain(world, entry);
    const before = world.state;
    const events = eventsOf(engine, entry);
    const state = events.reduce((folded, event) => engine.evolve(folded, event), before);
    world.state = state;
    world.entries.push(entry);
    world.states.push(state);
    const members = new Set([...membersOf(before), ...membersOf(state)]);
    for (const audience of AUDIENCES) {
      const shown = redactAll(engine, events, audience, state);
      const messages = world.messages[audience];
      if (shown.length > 0) {
        const hash = engine.hash(engine.view(state, audience));
        messages.push({ n, at, rid, events: JSON.stringify(shown), hash, members });
      }
      const seq = entry.seq[audience] ?? 0;
      if (seq > messages.length) {
        this.#witness.say("nothing of a hidden audience", `${id}: entry ${n} takes a number of ${audience}`);
      } else if (seq !== messages.length) {
        this.#witness.say(
          "log contiguous",
          `${id}: ${audience} ${seq} at entry ${n}, not ${messages.length}`,
        );
      }
    }
    if (session === "") return;
    this.#commands.set(`${id}/${session}/${lane}/${cseq}`, entry);
    this.stored(id, entry);
  }

  /** The command of an entry at its place in the log gives the events of the entry, dice and all. */
  #decideAgain(world: WorldTruth, entry: LogEntry): void {
    const by: By = entry.actor === "system" ? { type: "system" } : { type: "seat", seat: entry.actor as SeatId };
    const command: Command = { by, at: entry.at, intent: entry.command as unknown as Intent };
    if (command.intent.type === "EncounterExpired" && world.state.encounter === null) {
      this.#witness.say("a turn ends once", `${world.id}: entry ${entry.n} ends what has ended`);
    }
    if (command.intent.type === "CreateWorld" && entry.n > 1) {
      this.#witness.say("once", `${world.id} is made again by entry ${entry.n}`);
    }
    const outcome = this.#engine.step(world.state, command, { epoch: entry.epoch, n: entry.n });
    if (outcome.ok && JSON.stringify(outcome.events) === JSON.stringify(entry.events)) return;
    this.#witness.say(
      "the rules decided it",
      `${world.id}: entry ${entry.n} (${command.intent.type}) comes out otherwise`,
    );
  }

  #begin(id: string): WorldTruth {
    const world: WorldTruth = {
      id,
      entries: [],
      states: [],
      messages: { "party": [], "party.talk": [] },
      past: new Map(),
      state: this.#engine.start(id),
      epoch: undefined,
      told: 0,
    };
    this.worlds.set(id, world);
    return world;
  }
}

function membersOf({ seats }: WorldState): readonly string[] {
  return Object.values(seats).filter(({ left }) => !left).map(({ account }) => account);
}
