import { parseArgs } from "node:util";
import { createRules } from "../host/rules.ts";
import { DamagedRecord, openStore } from "../kv/mod.ts";
import { readWorldFile, WorldFileUnusable } from "../kv/world_file.ts";
import { loadConfig } from "./load_config.ts";
import type { ReplayReport } from "./log_check.ts";
import { rollLines } from "./roll.ts";
import { type CliContext, EXIT, type Subcommand, UsageFault } from "./subcommand.ts";
import { verifyWorldFile } from "./verify_file.ts";
import { verifyWorld } from "./verify_world.ts";
import { VERSION } from "./version.ts";

export const replay: Subcommand = {
  name: "replay",
  usage: "verify WORLD|FILE | roll SEED PATH DICE...",
  about:
    "Decide a stored (server stopped) or exported world's log again from its seed, or roll dice as docs/DICE.md tells",
  async run(context) {
    const { positionals } = parseArgs({ args: [...context.args], allowPositionals: true });
    const [action, what, ...rest] = positionals;
    if (action === "roll") return roll(context, positionals.slice(1));
    if (action !== "verify" || what === undefined || rest.length > 0) {
      throw new UsageFault("Say what to verify: replay verify WORLD or FILE, or replay roll SEED PATH DICE...");
    }
    return WORLD.test(what) ? await verifyStored(context, what) : await verifyFile(context, what);
  },
};

/** What is no world's id is the name of a file. */
const WORLD = /^w_[A-Za-z0-9_-]{1,40}$/;

async function verifyStored(context: CliContext, world: string): Promise<number> {
  const { data } = loadConfig(context);
  const opened = await openStore({ directory: data, existing: true, version: VERSION, now: () => Date.now() });
  try {
    return tell(context, world, await verifyWorld(opened.store, createRules(), world));
  } catch (fault) {
    if (!(fault instanceof DamagedRecord)) throw fault;
    context.err(`World ${world} does not replay: ${fault.message}`);
    return EXIT.failed;
  } finally {
    await opened.close(true);
  }
}

async function verifyFile(context: CliContext, path: string): Promise<number> {
  try {
    const report = await verifyWorldFile(readWorldFile(path), createRules());
    return tell(context, report.world, report);
  } catch (fault) {
    if (fault instanceof Deno.errors.NotFound) throw new UsageFault(`Cannot verify ${path} as there is no such file`);
    if (!(fault instanceof WorldFileUnusable) && !(fault instanceof DamagedRecord)) throw fault;
    context.err(fault.message);
    return EXIT.failed;
  }
}

function tell(context: CliContext, world: string, report: ReplayReport): number {
  const { fault, entries, first, compared, hash, dice } = report;
  if (fault !== undefined) {
    context.err(`World ${world} does not replay: ${fault}`);
    return EXIT.failed;
  }
  context.out(`World ${world} replays to the same state: ${entries} entries, ${compared} comparisons, hash ${hash}`);
  if (first > 1) {
    context.out(`Its log begins with entry ${first}: older ones were dropped, and nothing is said about them`);
  }
  for (const line of diceLines(dice)) context.out(line);
  return EXIT.ok;
}

/** `roll SEED PATH DICE...`: dice by hand, without a store. */
function roll(context: CliContext, [seed, path, ...notations]: readonly string[]): number {
  if (seed === undefined || path === undefined || notations.length === 0) {
    throw new UsageFault(
      "Say which dice: replay roll SEED PATH DICE..., such as replay roll SEED command/1/7/attack 1d20",
    );
  }
  try {
    for (const line of rollLines(seed, path, notations)) context.out(line);
    return EXIT.ok;
  } catch (fault) {
    if (fault instanceof RangeError) throw new UsageFault(fault.message);
    throw fault;
  }
}

/** What was found about the dice, and what could not be. */
function diceLines({ proven, rolls, unproven, epochs }: ReplayReport["dice"]): readonly string[] {
  const spans = unproven.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
  return [
    `Dice: ${rolls} rolls in ${proven} entries follow from the seed, whose SHA-256 is the published hash`,
    ...(spans.length === 0
      ? []
      : [`Dice could not be recomputed for entries ${spans.join(", ")} as other rules wrote them`]),
    ...(epochs > 1 ? [`Its history was restored or imported ${epochs - 1} times; each time other dice began`] : []),
  ];
}
