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
  state: WorldState;
}

export class Truth {
  readonly worlds = new Map<string, WorldTruth>();
  readonly #engine: EnginePort;
  readonly #witness: Witness;
  /** Entries by the command they come from. */
  readonly #commands = new Map<string, LogEntry>();

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

  message(world: string, audience: Audience, seq: number): Expected | undefined {
    return this.worlds.get(world)?.messages[audience][seq - 1];
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
  }

  #add(id: string, entry: LogEntry): void {
    const engine = this.#engine;
    const world = this.worlds.get(id) ?? this.#begin(id);
    const { n, session, lane, cseq, at, rid } = entry;
    this.#witness.note("disk", `${id} ${n} ${Object.values(entry.seq)} ${rid}`);
    if (n <= world.entries.length) {
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
    if (session !== "") this.#commands.set(`${id}/${session}/${lane}/${cseq}`, entry);
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
      state: this.#engine.start(id),
    };
    this.worlds.set(id, world);
    return world;
  }
}

function membersOf({ seats }: WorldState): readonly string[] {
  return Object.values(seats).filter(({ left }) => !left).map(({ account }) => account);
}
