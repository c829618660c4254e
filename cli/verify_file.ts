import type { EnginePort } from "../host/engine_port.ts";
import type { WorldFileEnd, WorldFileLine } from "../kv/world_file.ts";
import { baseOf, createLogCheck, type LogCheck, type ReplayReport } from "./log_check.ts";

/**
 * The same for the lines of an exported world: no server and no store are needed. Throws what reading the lines throws,
 * such as for a file that was changed after it had been signed.
 */
export async function verifyWorldFile(
  lines: AsyncIterable<WorldFileLine | WorldFileEnd>,
  engine: EnginePort,
): Promise<ReplayReport & { readonly world: string }> {
  let world = "";
  let check: LogCheck | undefined;
  let fault: string | undefined;
  for await (const line of lines) {
    if (line.type === "world") {
      world = line.world;
      if (line.first === 1) check = createLogCheck(engine, world);
    } else if (line.type === "base") {
      const base = baseOf(engine, line.snapshot);
      if (base !== undefined) check = createLogCheck(engine, world, base);
    } else if (line.type === "entry") {
      fault ??= check === undefined ? "the state before its first entry is missing" : check.take(line.entry);
    } else if (line.type === "state") {
      fault ??= check?.compare(line.snapshot);
    }
    // Read on to the signature all the same: of a file that was changed nothing is said at all.
  }
  return { world, ...(check ?? createLogCheck(engine, world)).report(fault) };
}
