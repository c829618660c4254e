/**
 * Steps of stored forms. A state lies in snapshots and an event in the log for as long as their world lives, so what an
 * older version wrote is lifted step by step when it is read. Steps are pure, go upward only, and are never changed once
 * released, only added. Whatever they are given was written by us: its checksum has shown that.
 */

/** A stored record of some older form; the compiler knows nothing of its members. */
export type Stored = { readonly [member: string]: unknown };

/** One step of the state's form, from `to - 1` to `to`. */
export interface StateForm {
  readonly to: number;
  readonly about: string;
  up(state: Stored): Stored;
  /**
   * The same state as form `to - 1` had it, for comparing with a hash that was made of that form. Absent where it cannot
   * be told any more: such hashes are then passed over.
   */
  down?(state: Stored): Stored;
}

/** One step of the form of one type of event. The series is one for all types, as an entry notes one number. */
export interface EventForm {
  readonly to: number;
  readonly about: string;
  readonly type: string;
  up(event: Stored): Stored;
}

/** The number a series ends at; form 1 is where each began. Throws RangeError when a number is missing or stands twice. */
export function newest(series: readonly { readonly to: number }[]): number {
  series.forEach(({ to }, i) => {
    if (to !== i + 2) {
      throw new RangeError(`Cannot use the forms as number ${i + 2} must come next: current value is ${to}`);
    }
  });
  return series.length + 1;
}

/** A record's members that are records, each changed; whatever else stands there stays. */
export function mapRecords(records: unknown, change: (record: Stored) => Stored): unknown {
  if (!isStored(records)) return records;
  return Object.fromEntries(
    Object.entries(records).map(([key, one]) => [key, isStored(one) ? change(one) : one]),
  );
}

export function isStored(value: unknown): value is Stored {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
