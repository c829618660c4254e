/** The program: picks the subcommand, gives it arguments and environment, and ends with its exit code. */
import { runCli } from "./cli/mod.ts";

const code = await runCli({
  args: Deno.args,
  env: Deno.env.toObject(),
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
Deno.exit(code);
