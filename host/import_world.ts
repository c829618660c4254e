import type { Character } from "../engine/types/creature.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { Json, LogEntry, Snapshot } from "../kv/ports.ts";
import type { Pace } from "../kv/pace.ts";
import type { WorldFileEnd, WorldFileHeader, WorldFileLine } from "../kv/world_file.ts";
import type { EnginePort } from "./engine_port.ts";
import { stateJson } from "./export_world.ts";
import { inSlices } from "./in_slices.ts";
import { foldEntry } from "./load_world.ts";
import { type Position, startPosition, toSeqs } from "./position.ts";
import { hashAfter, stateOf } from "./stored_forms.ts";

/** Makes the ids a world gets here: nothing of the server it comes from is known on this one. */
export interface NewIds {
  readonly world: string;
  readonly invite: string;
  readonly account: () => string;
}

/** A seat whose player may come back to it here, with the characters that are theirs. */
export interface ImportedSeat {
  readonly seat: string;
  readonly name: string;
  readonly account: string;
  readonly roles: readonly string[];
  readonly characters: readonly { readonly id: string; readonly sheet: Json }[];
}

/** What an import is told once all of a file has been read and found whole. */
export interface ImportedWorld {
  readonly world: string;
  readonly name: string;
  readonly createdAt: number;
  readonly n: number;
  /** The history it had where it comes from. */
  readonly epoch: number;
  readonly seq: Snapshot["seq"];
  readonly entries: number;
  readonly seats: readonly ImportedSeat[];
  /** Where it comes from, and the key by which that store signed. */
  readonly store: string;
  readonly key: string;
}

/** What is written here: lines in order, the last one after everything has been checked. */
export type ImportLine =
  | { readonly type: "base"; readonly snapshot: Snapshot }
  | { readonly type: "entry"; readonly entry: LogEntry }
  | { readonly type: "state"; readonly snapshot: Snapshot }
  | { readonly type: "done"; readonly imported: ImportedWorld };

/** A file whose log does not lead to the state it names. The message is one plain sentence for the operator. */
export class WorldDoesNotReplay extends Error {
  override readonly name = "WorldDoesNotReplay";

  constructor(why: string, options?: ErrorOptions) {
    super(`Cannot import the world as ${why}`, options);
  }
}

/**
 * Replays a file's log twice, as it is and under its new ids, and gives out the second: the world, its accounts and its
 * invitation get new ids, since old ones mean nothing here or, worse, somebody else. Receipts are left behind, because
 * their sessions are. Every stored hash and the last state are compared with the fold on the way. Throws
 * {@link WorldDoesNotReplay}, or what reading the file throws; whatever was given out before is worth nothing then.
 */
export async function* importWorld(
  lines: AsyncIterable<WorldFileLine | WorldFileEnd>,
  engine: EnginePort,
  ids: NewIds,
  pace: Pace,
): AsyncGenerator<ImportLine> {
  let header: WorldFileHeader | undefined;
  let rename: Rename = (value) => value;
  let old: Position | undefined;
  let fresh: Position | undefined;
  let whole = false;
  const mayRest = inSlices(pace);
  for await (const line of lines) {
    switch (line.type) {
      case "world":
        header = line;
        rename = renaming(line.world, ids);
        if (line.first === 1) {
          old = startPosition(engine, line.world);
          fresh = startPosition(engine, ids.world);
        }
        break;
      case "base": {
        if (header === undefined || old !== undefined || line.snapshot.n !== header.first - 1) throw outOfOrder();
        old = positionOf(engine, line.snapshot);
        const snapshot = { ...line.snapshot, state: rename(line.snapshot.state) };
        fresh = positionOf(engine, snapshot);
        yield { type: "base", snapshot };
        break;
      }
      case "entry": {
        if (header === undefined || old === undefined || fresh === undefined || whole) throw outOfOrder();
        old = folded(engine, old, line.entry);
        const entry = renamed(line.entry, rename);
        fresh = folded(engine, fresh, entry);
        const { hash, hashForm: _form, ...rest } = entry;
        yield {
          type: "entry",
          entry: hash === undefined ? rest : { ...rest, hash: engine.hash(fresh.state), hashForm: engine.stateVersion },
        };
        if (line.entry.hash !== undefined) {
          const then = hashAfter(engine, line.entry, old.state);
          if (then !== undefined && then !== line.entry.hash) {
            throw new WorldDoesNotReplay(`after entry ${old.n} its state is not the one that was stored`);
          }
        }
        break;
      }
      case "state": {
        if (header === undefined || old === undefined || fresh === undefined || whole) throw outOfOrder();
        whole = true;
        compareEnds(engine, { header, old, fresh, rename }, line.snapshot);
        const { n, at, seq, state } = fresh;
        yield { type: "state", snapshot: { n, at, epoch: header.epoch, seq, state: stateJson(state) } };
        break;
      }
      case "end":
        if (header === undefined || fresh === undefined || !whole) throw outOfOrder();
        yield { type: "done", imported: describe(header, fresh, ids, line.key) };
        return;
    }
    await mayRest();
  }
  throw outOfOrder();
}

function outOfOrder(): WorldDoesNotReplay {
  return new WorldDoesNotReplay("the lines of its file are not in their order");
}

type Rename = (value: Json) => Json;

/** Old ids to new ones: the world's and the invitation's wherever they stand, accounts where an account is named. */
function renaming(world: string, ids: NewIds): Rename {
  const texts = new Map([[world, ids.world]]);
  const accounts = new Map<string, string>();

  function account(old: string): string {
    const known = accounts.get(old) ?? ids.account();
    accounts.set(old, known);
    return known;
  }

  function rename(value: Json): Json {
    if (typeof value === "string") return texts.get(value) ?? value;
    if (typeof value !== "object" || value === null) return value;
    if (isList(value)) return value.map(rename);
    const copy: Record<string, Json> = {};
    for (const [member, one] of Object.entries(value)) {
      if (member === "invite" && typeof one === "string") texts.set(one, ids.invite);
      copy[member] = member === "account" && typeof one === "string" ? account(one) : rename(one);
    }
    return copy;
  }
  return rename;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function renamed(entry: LogEntry, rename: Rename): LogEntry {
  const { receipt: _receipt, ...rest } = entry;
  return {
    ...rest,
    session: "",
    lane: 0,
    cseq: 0,
    command: rename(entry.command),
    events: entry.events.map(rename),
  };
}

function folded(engine: EnginePort, before: Position, entry: LogEntry): Position {
  try {
    return foldEntry(engine, before, entry);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "of an unknown fault";
    throw new WorldDoesNotReplay(`entry ${before.n + 1} of its log cannot be folded (${why})`, { cause });
  }
}

function positionOf(engine: EnginePort, { n, at, seq, state }: Snapshot): Position {
  const known = stateOf(engine, state);
  if (known === undefined) throw new WorldDoesNotReplay("its state was written by a newer version");
  return { n, at, seq: toSeqs(seq), state: known };
}

interface Ends {
  readonly header: WorldFileHeader;
  readonly old: Position;
  readonly fresh: Position;
  readonly rename: Rename;
}

/** The fold ends where the file says, and under new ids it is the same world. */
function compareEnds(engine: EnginePort, { header, old, fresh, rename }: Ends, stored: Snapshot): void {
  const last = positionOf(engine, stored);
  if (old.n !== header.n || last.n !== header.n) {
    throw new WorldDoesNotReplay(`its log must end with entry ${header.n}: current value is ${old.n}`);
  }
  if (engine.hash(last.state) !== engine.hash(old.state)) {
    throw new WorldDoesNotReplay("its log does not lead to the state it names");
  }
  // Its first entry names the world: one that names another would be found under neither id.
  if (old.state.id !== header.world) throw new WorldDoesNotReplay("its log is that of another world");
  const same = stateOf(engine, rename(stateJson(old.state)));
  if (same === undefined || engine.hash(same) !== engine.hash(fresh.state)) {
    throw new WorldDoesNotReplay("its log leads elsewhere under new ids");
  }
}

function describe(header: WorldFileHeader, { n, seq, state }: Position, ids: NewIds, key: string): ImportedWorld {
  return {
    world: ids.world,
    name: state.name,
    createdAt: state.createdAt,
    n,
    epoch: header.epoch,
    seq,
    entries: n - header.first + 1,
    seats: seatsOf(state),
    store: header.store,
    key,
  };
}

function seatsOf(state: WorldState): readonly ImportedSeat[] {
  const characters: readonly Character[] = Object.values(state.characters);
  return Object.values(state.seats).filter((seat) => !seat.left).map(({ id, name, account, roles }) => ({
    seat: id,
    name,
    account,
    roles,
    characters: characters.filter((one) => one.seat === id).map((one) => ({ id: one.id, sheet: stateJson(one) })),
  }));
}
