import { z } from "zod";
import type { Cell } from "./cells.ts";
import { decodeValue, joinParts } from "./codec.ts";
import { DamagedRecord } from "./errors.ts";
import type { Json } from "./json.ts";
import { showKey } from "./keys.ts";
import type {
  AccountRecord,
  LogEntry,
  Receipt,
  RosterRecord,
  SeatRecord,
  SessionRecord,
  Snapshot,
  SnapshotMark,
  WorldHead,
} from "./ports.ts";

/**
 * Shapes of everything stored. A value read is parsed like input from outside, because an older version of us wrote
 * it. Members that belong to the engine (commands, events, states, sheets) stay JSON here: the host hands them on.
 */
const count = z.int().min(0);
const json = z.custom<Json>((value) => value !== undefined);
const answer = z.custom<Receipt["answer"]>((value) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
);
const seqs = z.record(z.string(), count);

const head = z.object({
  n: count,
  epoch: count,
  commit: z.string(),
  seq: seqs,
  state: count,
  view: count,
  due: count.optional(),
});

export const worldHead: { parse(value: unknown): WorldHead } = {
  parse(value) {
    const { due, ...rest } = head.parse(value);
    return due === undefined ? rest : { ...rest, due };
  },
};

const entry = z.object({
  n: count.min(1),
  at: count,
  rid: z.string(),
  actor: z.string(),
  session: z.string(),
  lane: count,
  cseq: count,
  command: json,
  events: z.array(json),
  seq: seqs,
  epoch: count,
  view: count,
  rules: count.optional(),
  form: count.min(1).optional(),
  hash: z.string().optional(),
  hashForm: count.min(1).optional(),
  receipt: z.object({ fingerprint: z.string(), method: z.string(), answer }).optional(),
});

/** As {@link entry}, with absent members absent. */
export const logEntry: { parse(value: unknown): LogEntry } = {
  parse(value) {
    const { rules, form, hash, hashForm, receipt, ...rest } = entry.parse(value);
    return {
      ...rest,
      ...(rules === undefined ? {} : { rules }),
      ...(form === undefined ? {} : { form }),
      ...(hash === undefined ? {} : { hash }),
      ...(hashForm === undefined ? {} : { hashForm }),
      ...(receipt === undefined ? {} : { receipt }),
    };
  },
};

export const receipt = z.object({
  cseq: count.min(1),
  fingerprint: z.string(),
  method: z.string(),
  n: count,
  answer,
}) satisfies z.ZodType<Receipt>;

const account = z.object({
  id: z.string(),
  name: z.string(),
  tier: z.literal("guest"),
  createdAt: count,
  n: count,
  commit: z.string(),
  seed: z.string(),
  open: z.record(z.string(), json),
  returnKey: z.string().optional(),
});

export const accountRecord: { parse(value: unknown): AccountRecord } = {
  parse(value) {
    const { returnKey, ...rest } = account.parse(value);
    return returnKey === undefined ? rest : { ...rest, returnKey };
  },
};

export const sessionRecord = z.object({
  id: z.string(),
  account: z.string(),
  name: z.string(),
  lang: z.string(),
  createdAt: count,
  expiresAt: count,
}) satisfies z.ZodType<SessionRecord>;

export const seatRecord = z.object({
  world: z.string(),
  seat: z.string(),
  name: z.string(),
  createdAt: count,
  roles: z.array(z.string()),
}) satisfies z.ZodType<SeatRecord>;

const roster = z.object({ id: z.string(), sheet: json, away: z.string().optional() });

export const rosterRecord: { parse(value: unknown): RosterRecord } = {
  parse(value) {
    const { away, ...rest } = roster.parse(value);
    return away === undefined ? rest : { ...rest, away };
  },
};

export const snapshotMark = z.object({
  n: count.min(1),
  parts: count.min(1).max(10),
  length: count,
  sha256: z.string(),
}) satisfies z.ZodType<SnapshotMark>;
export const snapshotMarks = z.array(snapshotMark) satisfies z.ZodType<SnapshotMark[]>;

export const snapshot = z.object({ n: count, at: count, epoch: count, seq: seqs, state: json }) satisfies z.ZodType<
  Snapshot
>;

const meta = z.object({
  id: z.string(),
  schema: count,
  writtenBy: z.string(),
  migrating: z.object({ step: count, after: z.string().optional() }).optional(),
  before: z.object({ schema: count, backup: z.string(), boot: z.string() }).optional(),
});

/** The record that names a store. */
export interface StoreMeta {
  readonly id: string;
  /** Number of the form of keys and accounts. */
  readonly schema: number;
  /** Version of the program that made the store, or brought it to this form. */
  readonly writtenBy: string;
  /** A migration is under way: the step it is at, and how far in it. */
  readonly migrating?: { readonly step: number; readonly after?: string };
  /** The form before the last migration, the name of the backup made of it, and the boot id of whoever began. */
  readonly before?: { readonly schema: number; readonly backup: string; readonly boot: string };
}

export const storeMeta: { parse(value: unknown): StoreMeta } = {
  parse(value) {
    const { migrating, before, ...rest } = meta.parse(value);
    const { step = 0, after } = migrating ?? {};
    return {
      ...rest,
      ...(migrating === undefined ? {} : { migrating: { step, ...(after === undefined ? {} : { after }) } }),
      ...(before === undefined ? {} : { before }),
    };
  },
};

export const ownerMeta = z.object({ boot: z.string(), pid: count, at: count });
export const sessionHash = z.object({ hash: z.string() });
export const returnKeyAccount = z.object({ account: z.string() });

/** Parses a cell, or the parts of one value in order. Every fault names the key. */
export function readRecord<T>(cells: readonly Cell[], shape: { parse(value: unknown): T }): T {
  const first = cells[0];
  if (first === undefined) throw new RangeError("Cannot read a record of no cells");
  const bytes = cells.length === 1 ? first.value : joinParts(cells.map((cell) => cell.value));
  let why = "it is damaged";
  try {
    const value = decodeValue(bytes);
    why = "it has not the shape this version knows";
    return shape.parse(value);
  } catch (cause) {
    throw new DamagedRecord(showKey(first.key), why, { cause });
  }
}
