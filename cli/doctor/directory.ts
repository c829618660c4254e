import { PROBE_PREFIX } from "../../kv/directory.ts";
import { fail, type Finding, warn, well } from "./finding.ts";
import { namesIn, type Setting, statOf } from "./setting.ts";

/** Above this much in the copies that restores have put aside, somebody should look whether they are still wanted. */
const KEPT_COPIES = 3;

/** The data directory: there, a directory, writable. */
export async function checkDirectory({ paths: { directory } }: Setting): Promise<Finding> {
  const id = "directory";
  const info = await Deno.stat(directory).catch((fault: unknown) => fault);
  if (info instanceof Deno.errors.NotFound) {
    return warn(
      id,
      `${directory} does not exist`,
      "The first start makes it; if there should be one, check GOLDBOX_DATA",
    );
  }
  if (info instanceof Error) {
    return fail(id, `${directory} cannot be looked at (${info.name})`, "Give this user the right to read and write it");
  }
  if (!isDirectory(info)) return fail(id, `${directory} is no directory`, "Set GOLDBOX_DATA to a directory");
  const probe = `${directory}/${PROBE_PREFIX}${crypto.randomUUID()}`;
  try {
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
    return well(id, `${directory} can be written`);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    return fail(
      id,
      `${directory} cannot be written: ${why}`,
      "Free space, or give the server's user the right to write it: until then it does not start (exit code 6)",
    );
  }
}

function isDirectory(info: unknown): boolean {
  return typeof info === "object" && info !== null && "isDirectory" in info && info.isDirectory === true;
}

/** With this variable Deno keeps every store in memory. */
export function checkMemoryMode({ env }: Setting): Finding {
  const mode = env["DENO_KV_DB_MODE"] ?? "";
  if (mode === "" || mode === "disk") return well("memory_mode", "The store is kept on disk");
  return fail(
    "memory_mode",
    `DENO_KV_DB_MODE is ${mode}: nothing would be kept`,
    "Unset it: the server refuses to start",
  );
}

/** What cut off writing, copying and restoring left behind. Only `--fix` without a running server removes it. */
export async function checkLeftovers({ paths, backups, fix }: Setting, running: boolean): Promise<Finding> {
  const id = "leftovers";
  const inside = await namesIn(paths.directory);
  const planned = inside.includes("restore.json");
  const left = [
    ...inside.filter((name) =>
      name.startsWith(PROBE_PREFIX) || name === "starts.json.new" || name === "restore.json.new"
    )
      .map((name) => `${paths.directory}/${name}`),
    // While a restore is planned, the next start needs what it prepared.
    ...(planned
      ? []
      : inside.filter((name) => /^restore-\d{8}T/.test(name)).map((name) => `${paths.directory}/${name}`)),
    ...(await namesIn(backups)).filter((name) => name.startsWith("goldbox-") && name.endsWith(".part"))
      .map((name) => `${backups}/${name}`),
  ];
  const kept = inside.filter((name) => /^before-restore-/.test(name));
  if (planned && !running) {
    return warn(
      id,
      "A restore was cut off before its end",
      "Start the server: it ends the restore before it opens the store",
    );
  }
  if (left.length > 0 && !running && fix) {
    for (const path of left) await Deno.remove(path, { recursive: true });
    return well(id, `Removed ${left.length} that were left behind by something cut off`);
  }
  if (left.length > 0 && !running) {
    return warn(id, `Left behind by something cut off: ${left.join(", ")}`, "`goldbox doctor --fix` removes them");
  }
  if (kept.length >= KEPT_COPIES) {
    return warn(
      id,
      `${kept.length} stores put aside by restores lie in ${paths.directory}`,
      "Remove those no longer wanted",
    );
  }
  return well(id, kept.length === 0 ? "Nothing was left behind" : `Put aside by restores: ${kept.join(", ")}`);
}

/** Whether a store is there at all. */
export async function hasStore({ paths }: Setting): Promise<boolean> {
  return ((await statOf(paths.store))?.size ?? 0) > 0;
}
