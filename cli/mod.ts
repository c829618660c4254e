import { backup } from "./backup.ts";
import { config } from "./config.ts";
import { doctor } from "./doctor.ts";
import { healthcheck } from "./healthcheck.ts";
import { migrate } from "./migrate.ts";
import { replay } from "./replay.ts";
import { serve } from "./serve.ts";
import { type CliContext, EXIT, StartFault, type Subcommand, UsageFault } from "./subcommand.ts";
import { version } from "./version.ts";
import { world } from "./world.ts";
import { StoreRefused } from "../kv/mod.ts";

export const SUBCOMMANDS: readonly Subcommand[] = [
  serve,
  backup,
  config,
  doctor,
  healthcheck,
  migrate,
  replay,
  version,
  world,
];

/** Runs the subcommand the first argument names; without one the server. Answers with the exit code. */
export async function runCli(context: CliContext): Promise<number> {
  const [name = "serve", ...args] = context.args;
  if (name === "help" || name === "--help" || name === "-h" || args.includes("--help")) {
    context.out(help());
    return EXIT.ok;
  }
  const subcommand = SUBCOMMANDS.find((one) => one.name === name);
  try {
    if (subcommand === undefined) throw new UsageFault(`There is no subcommand ${name}\n\n${help()}`);
    return await subcommand.run({ ...context, args });
  } catch (fault) {
    if (fault instanceof UsageFault || isArgumentFault(fault)) {
      context.err(fault.message);
      return EXIT.usage;
    }
    if (fault instanceof StartFault) {
      context.err(fault.message);
      return EXIT.failed;
    }
    if (fault instanceof StoreRefused) {
      context.err(fault.message);
      return fault.exitCode;
    }
    if (fault instanceof Deno.errors.PermissionDenied) {
      context.err(`${fault.message}: run this as the user of the server`);
      return EXIT.failed;
    }
    throw fault;
  }
}

function help(): string {
  const rows = SUBCOMMANDS.map(({ name, usage, about }) => {
    const call = `  ${name} ${usage}`;
    return call.length > 44 ? `${call}\n${" ".repeat(45)}${about}` : `${call.padEnd(44)} ${about}`;
  });
  return ["Usage: goldbox [subcommand]", "", ...rows, `  ${"help".padEnd(42)} Print this text`].join("\n");
}

/** What `parseArgs` throws for an argument it does not know. */
function isArgumentFault(fault: unknown): fault is TypeError {
  return fault instanceof TypeError && "code" in fault && String(fault.code).startsWith("ERR_PARSE_ARGS");
}
