import type { Config } from "../../host/config.ts";
import type { DataPaths } from "../../kv/directory.ts";

/** What the examination goes by. */
export interface Setting {
  readonly config: Config;
  readonly env: Readonly<Record<string, string>>;
  readonly paths: DataPaths;
  /** Where the backups lie. */
  readonly backups: string;
  /** Ms since 1970. */
  readonly now: number;
  /** Mend what can be mended without any risk. */
  readonly fix: boolean;
  /** Leave out what reads the whole store. */
  readonly quick: boolean;
}

/** Who owns the data directory now. */
export type Owner =
  | { readonly running: false }
  /** `address` is where it listens, as far as it has noted it. */
  | { readonly running: true; readonly note: string; readonly address: string | undefined };

/** Names in a directory; none where it cannot be read. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(directory), ({ name }) => name)).toSorted();
  } catch {
    return []; // the finding about the directory says so
  }
}

/** The file, or undefined where there is none or it cannot be looked at. */
export async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch {
    return undefined;
  }
}
