import { type BackupList, listBackups } from "../../kv/backup_files.ts";
import { fail, type Finding, span, warn, well } from "./finding.ts";
import { type Setting, statOf } from "./setting.ts";

/** Where nobody set an interval, a backup older than this is worth a word. */
const OLD_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;

/** The newest backup: there, young enough, the file its manifest speaks of. Whether it can be restored was seen when it was made. */
export async function checkBackups({ backups, config, now }: Setting): Promise<readonly Finding[]> {
  const id = "backups";
  const make = "`goldbox backup create` makes one";
  let found: BackupList;
  try {
    found = await listBackups(backups);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    return [
      fail(
        id,
        `Backups cannot be kept in ${backups}: ${why}`,
        "Set GOLDBOX_BACKUPS to a directory the server may write",
      ),
    ];
  }
  const { backups: list, unusable } = found;
  const findings: Finding[] = [];
  const newest = list[0];
  if (newest === undefined) {
    findings.push(warn(id, `There is no backup in ${backups}`, make));
  } else {
    const { path, manifest } = newest;
    const every = config.backupEvery === "off" ? OLD_MS : 2 * config.backupEvery * MINUTE_MS;
    const age = now - manifest.takenAt;
    const size = (await statOf(path))?.size;
    const told = `The newest backup is ${span(age)} old and was verified: ${path}`;
    if (size !== manifest.bytes) {
      findings.push(fail(id, `The newest backup ${path} is not the file that was verified`, make));
    } else if (manifest.damaged.length > 0) {
      const whole = list.find((one) => one.manifest.damaged.length === 0)?.path;
      const todo = whole === undefined ? "There is no whole one" : `The newest whole one is ${whole}`;
      const what = `The newest backup was made of a damaged store: ${manifest.damaged[0]}`;
      findings.push(warn(id, what, `${todo}; see "records" and "worlds" above`));
    } else if (age > every) {
      findings.push(warn(id, told, `${make}; the server's log says why it made none`));
    } else {
      findings.push(well(id, told));
    }
  }
  if (unusable.length > 0) {
    const what = `${unusable.length} files look like backups and are none: ${unusable[0]?.why}`;
    findings.push(warn("backup_files", what, "Remove them, or bring back the manifest that stood beside them"));
  }
  return findings;
}
