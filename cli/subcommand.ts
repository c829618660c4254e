/** What a subcommand is given; nothing in `cli/` reaches for the process by itself, so tests can run it in theirs. */
export interface CliContext {
  /** Arguments after the subcommand's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** A subcommand of the program. `run` answers with the exit code of the process. */
export interface Subcommand {
  readonly name: string;
  /** Arguments, as the help shows them. */
  readonly usage: string;
  readonly about: string;
  run(context: CliContext): Promise<number>;
}

/** Exit codes every subcommand shares; 3 to 7 are the store's and come with its refusal. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** A mistake in how the program was called: printed as it is, with exit code 2. */
export class UsageFault extends Error {
  override readonly name = "UsageFault";
}

/** Something outside of the program keeps it from starting: printed as it is, with exit code 1. */
export class StartFault extends Error {
  override readonly name = "StartFault";
}
