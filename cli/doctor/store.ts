import { createRules } from "../../host/rules.ts";
import { verifyWorlds } from "../../host/verify_copy.ts";
import { STORE_SCHEMA } from "../../kv/migrations/registry.ts";
import { readStoreForm, StoreNewer } from "../../kv/mod.ts";
import { resting } from "../../kv/pace.ts";
import { openStoreCopy, type StoreCopy } from "../../kv/store_copy.ts";
import { fail, type Finding, warn, well } from "./finding.ts";
import { type Setting, statOf } from "./setting.ts";

/** As long as it works it rests, so that a running server does not notice. */
const REST_FACTOR = 1;
const NAMED = 5;
const RESTORE = "Stop the server and restore a backup (`goldbox backup restore`); docs/OPERATIONS.md says how";

/**
 * Reads the store through a handle for reading only, as of one moment: a running server is not disturbed, and the file
 * stays as it is.
 */
export async function checkStore({ paths, quick }: Setting): Promise<readonly Finding[]> {
  let copy: StoreCopy;
  try {
    copy = await openStoreCopy(paths.store, { whole: !quick });
  } catch (fault) {
    return [await explain(fault, paths.directory)];
  }
  try {
    const integrity = well("integrity", quick ? "The file opens as a store" : "Every page of the store is whole");
    const schema = checkSchema(copy);
    return quick ? [integrity, schema] : [integrity, schema, await checkRecords(copy), await checkWorlds(copy)];
  } finally {
    copy.close();
  }
}

/** Why the store cannot be opened: a newer version wrote it, or it is damaged. */
async function explain(fault: unknown, directory: string): Promise<Finding> {
  const form = await readStoreForm(directory).catch((cause: unknown) => cause);
  if (form instanceof StoreNewer) {
    return fail("schema", form.message, "Start the newer version, or restore a backup that this one made");
  }
  const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause : fault;
  return fail("integrity", cause instanceof Error ? cause.message : String(cause), RESTORE);
}

function checkSchema({ meta }: StoreCopy): Finding {
  const id = "schema";
  if (meta.migrating === undefined && meta.schema === STORE_SCHEMA) {
    return well(id, `The store has form ${meta.schema}, written by ${meta.writtenBy}`);
  }
  const what = `The store has form ${meta.schema}, this version writes ${STORE_SCHEMA}`;
  return warn(id, what, "`goldbox migrate status` tells what a start of this version changes");
}

async function checkRecords(copy: StoreCopy): Promise<Finding> {
  const { records, accounts, damaged } = await copy.checkRecords(resting(REST_FACTOR));
  if (damaged.length === 0) return well("records", `${records} records are whole, among them ${accounts} accounts`);
  const todo = "Where `worlds` names the same worlds, bring those back alone; else restore a backup. " +
    "docs/OPERATIONS.md says how";
  return fail("records", `${damaged.length} records are damaged: ${some(damaged)}`, todo);
}

/** A world that does not fold to its head would be quarantined when somebody asks for it. */
async function checkWorlds(copy: StoreCopy): Promise<Finding> {
  const { worlds, entries, damaged } = await verifyWorlds(copy, createRules(), resting(REST_FACTOR));
  if (damaged.length === 0) return well("worlds", `${worlds} worlds fold to their heads, ${entries} entries`);
  return fail(
    "worlds",
    `${damaged.length} of ${worlds} worlds are damaged; those without a whole snapshot at their end cannot be played: ${
      some(damaged)
    }`,
    "The others are not touched. Bring these back from a backup or an export; docs/OPERATIONS.md says how",
  );
}

function some(lines: readonly string[]): string {
  const more = lines.length - NAMED;
  return [...lines.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/** When anything in the data directory was last written (ms since 1970). */
export async function newestWrite({ paths }: Setting): Promise<number> {
  const files = [paths.store, `${paths.store}-wal`, paths.starts];
  const times = await Promise.all(files.map(async (path) => (await statOf(path))?.mtime?.getTime() ?? 0));
  return Math.max(...times);
}
