import { parseArgs } from "node:util";
import { createRules } from "../host/rules.ts";
import { DamagedRecord, openStore } from "../kv/mod.ts";
import { loadConfig } from "./load_config.ts";
import { rollLines } from "./roll.ts";
import { type CliContext, EXIT, type Subcommand, UsageFault } from "./subcommand.ts";
import { type ReplayReport, verifyWorld } from "./verify_world.ts";
import { VERSION } from "./version.ts";

export const replay: Subcommand = {
  name: "replay",
  usage: "verify WORLD | roll SEED PATH DICE...",
  about: "Decide a world's whole log again from its seed (server stopped), or roll dice as docs/DICE.md tells",
  async run(context) {
    const { positionals } = parseArgs({ args: [...context.args], allowPositionals: true });
    const [action, world, ...rest] = positionals;
    if (action === "roll") return roll(context, positionals.slice(1));
    if (action !== "verify" || world === undefined || rest.length > 0) {
      throw new UsageFault("Say which world to verify: replay verify WORLD, or replay roll SEED PATH DICE...");
    }
    const { data } = loadConfig(context);
    const opened = await openStore({ directory: data, existing: true, version: VERSION, now: () => Date.now() });
    try {
      const report = await verifyWorld(opened.store, createRules(), world);
      if (report.fault === undefined) {
        context.out(
          `World ${world} replays to the same state: ${report.entries} entries, ${report.compared} comparisons, ` +
            `hash ${report.hash}`,
        );
        if (report.first > 1) {
          context.out(
            `Its log begins with entry ${report.first}: older ones were dropped, and nothing is said about them`,
          );
        }
        for (const line of diceLines(report.dice)) context.out(line);
        return EXIT.ok;
      }
      context.err(`World ${world} does not replay: ${report.fault}`);
      return EXIT.failed;
    } catch (fault) {
      if (!(fault instanceof DamagedRecord)) throw fault;
      context.err(`World ${world} does not replay: ${fault.message}`);
      return EXIT.failed;
    } finally {
      await opened.close(true);
    }
  },
};

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
