import { type Config, parseConfig } from "../host/config.ts";
import { type CliContext, UsageFault } from "./subcommand.ts";

/** The configuration of the environment, or one {@link UsageFault} that lists everything wrong with it. */
export function loadConfig({ env }: Pick<CliContext, "env">): Config {
  const result = parseConfig(env, (path) => Deno.readTextFileSync(path));
  if (result.ok) return result.config;
  const faults = result.faults.map((fault) => `  - ${fault}`).join("\n");
  throw new UsageFault(`Cannot start as the configuration has ${count(result.faults.length)}:\n${faults}`);
}

function count(faults: number): string {
  return faults === 1 ? "a fault" : `${faults} faults`;
}
