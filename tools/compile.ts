/**
 * `deno task compile`: one executable with the client inside, `dist/goldbox`, holding a server's permissions.
 *
 * `COMPILE_DENO` names another Deno to compile with, and `DENORT_BIN` its runtime, where the own one cannot be downloaded.
 */
import { parseArgs } from "node:util";
import { buildIfStale } from "./build_web.ts";

const ROOT = new URL("../", import.meta.url);
const INCLUDES = ["dist/web", "dist/server", "locales"];

export interface CompileOptions {
  /** The Deno that compiles; the running one when left out. */
  readonly compiler?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Compiles into `output`. The permissions are those of the set `server`, but for paths, which only the start knows. */
export async function compile(output: string, options: CompileOptions = {}): Promise<void> {
  const compiler = options.compiler ?? Deno.env.get("COMPILE_DENO") ?? Deno.execPath();
  await buildIfStale();
  const { code, stderr } = await new Deno.Command(compiler, {
    args: [
      "compile",
      "--no-check",
      "--no-prompt",
      "--allow-net",
      "--allow-env",
      "--allow-read",
      "--allow-write",
      ...INCLUDES.flatMap((path) => ["--include", path]),
      // An older Deno does not know every setting of the lock file; what is installed is what the lock asked for.
      ...(compiler === Deno.execPath() ? [] : ["--no-lock"]),
      "--output",
      output,
      "main.ts",
    ],
    cwd: ROOT,
    env: { ...options.env },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`Cannot compile ${output}:\n${new TextDecoder().decode(stderr)}`);
}

if (import.meta.main) {
  const { values } = parseArgs({ args: Deno.args, options: { output: { type: "string", default: "dist/goldbox" } } });
  await compile(values.output);
  console.log(`Compiled ${values.output}, ${((await Deno.stat(values.output)).size / 2 ** 20).toFixed(0)} MiB`);
}
