/** The program's other subcommands, run as an operator runs them: in a process of their own. */
const MAIN = new URL("../../main.ts", import.meta.url).pathname;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `goldbox …` on a data directory; `program` instead of the sources, e.g. a compiled binary. */
export async function goldbox(
  data: string,
  args: readonly string[],
  { program = [Deno.execPath(), "run", "-A", "--no-check", MAIN], cwd, env = {} }: {
    readonly program?: readonly string[];
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Ran> {
  const [command = "", ...before] = program;
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...before, ...args],
    ...(cwd === undefined ? {} : { cwd }),
    env: { GOLDBOX_DATA: data, ...env },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { code, out: text(stdout), err: text(stderr) };
}
