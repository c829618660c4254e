import { compile } from "../../tools/compile.ts";

const ROOT = new URL("../../", import.meta.url);

/**
 * Compiles the program for a test: with the current Deno where its runtime is at hand, else with the pair of Deno and
 * runtime that `tools/compile_base.sh` finds. Answers with the path of the binary.
 */
export async function compiledBinary(folder: string): Promise<string> {
  const output = `${folder}/goldbox`;
  if (Deno.env.get("DENORT_BIN") === undefined && !await canCompile(output)) {
    const env = await compileBase();
    await compile(output, { compiler: env.get("COMPILE_DENO") ?? "", env: Object.fromEntries(env) });
  } else if (Deno.env.get("DENORT_BIN") !== undefined) {
    await compile(output);
  }
  return output;
}

/** Whether the runtime to build on can be had; the compiler of an own build says so only by trying. */
async function canCompile(output: string): Promise<boolean> {
  try {
    await compile(output);
    return true;
  } catch (error) {
    if (error instanceof Error && /base binary|denort/.test(error.message)) return false;
    throw error;
  }
}

async function compileBase(): Promise<ReadonlyMap<string, string>> {
  const { code, stdout, stderr } = await new Deno.Command(new URL("tools/compile_base.sh", ROOT).pathname, {
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`Cannot get a runtime to compile with:\n${new TextDecoder().decode(stderr)}`);
  const line = new TextDecoder().decode(stdout);
  return new Map([...line.matchAll(/\b([A-Z_]+)='?([^'\s]+)'?/g)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}
