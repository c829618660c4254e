import { configureSync, getAnsiColorFormatter, getJsonLinesFormatter, getLogger, type Logger } from "@logtape/logtape";
import type { Config } from "../host/config.ts";

/**
 * Sends log lines to standard error: JSON lines for machines, text for a person at a terminal. Standard output is left to
 * the ready line and to what subcommands print.
 */
export function configureLogs(level: Config["logLevel"]): Logger {
  const format = Deno.stderr.isTerminal() ? getAnsiColorFormatter() : getJsonLinesFormatter({ properties: "flatten" });
  const encoder = new TextEncoder();
  configureSync({
    reset: true,
    sinks: { stderr: (record) => void Deno.stderr.writeSync(encoder.encode(format(record))) },
    loggers: [
      { category: "goldbox", lowestLevel: level, sinks: ["stderr"] },
      { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["stderr"] },
    ],
  });
  return getLogger("goldbox");
}
