import { z } from "zod";
import type { Cells } from "./cells.ts";
import { logStateKey } from "./keys.ts";
import type { LogState, Stamped } from "./ports.ts";
import { readRecord, snapshotMark } from "./records.ts";

const shape = z.object({
  first: z.int().min(1),
  packed: z.int().min(0),
  bytes: z.int().min(0),
  base: snapshotMark.optional(),
});

const logState: { parse(value: unknown): LogState } = {
  parse(value) {
    const { base, ...rest } = shape.parse(value);
    return base === undefined ? rest : { ...rest, base };
  },
};

/** The record beside a world's log; undefined while all of the log stands as it was written. */
export async function readLogState(cells: Cells, world: string): Promise<Stamped<LogState> | undefined> {
  const cell = await cells.get(logStateKey(world));
  return cell && { value: readRecord([cell], logState), stamp: cell.stamp };
}
