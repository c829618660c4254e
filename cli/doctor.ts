import { parseArgs } from "node:util";
import { dataPaths } from "../kv/directory.ts";
import { openReserve } from "../kv/reserve.ts";
import { checkBackups } from "./doctor/backups.ts";
import { checkDirectory, checkLeftovers, checkMemoryMode, hasStore } from "./doctor/directory.ts";
import { type Finding, well } from "./doctor/finding.ts";
import { judgeClock, judgeDescriptors, judgeFileSystem, judgeSpace, judgeSync } from "./doctor/machine.ts";
import { askFileSystem, countDescriptors, measureSync } from "./doctor/measures.ts";
import { checkLock, checkServer, checkStarts, findOwner } from "./doctor/ownership.ts";
import type { Owner, Setting } from "./doctor/setting.ts";
import { checkProxy } from "./doctor/settings.ts";
import { checkStore, newestWrite } from "./doctor/store.ts";
import { loadConfig } from "./load_config.ts";
import { type CliContext, EXIT, type Subcommand } from "./subcommand.ts";

export const doctor: Subcommand = {
  name: "doctor",
  usage: "[--json] [--fix] [--quick]",
  about: "Examine data directory, store, worlds, backups and machine; exit code 1 when something failed",
  async run(context) {
    const options = { json: { type: "boolean" }, fix: { type: "boolean" }, quick: { type: "boolean" } } as const;
    const { values } = parseArgs({ args: [...context.args], options });
    const findings = await examine(settingOf(context, values));
    const sound = findings.every(({ status }) => status !== "fail");
    if (values.json === true) context.out(JSON.stringify({ ok: sound, findings }));
    else for (const line of findings.flatMap(linesOf)) context.out(line);
    return sound ? EXIT.ok : EXIT.failed;
  },
};

function settingOf(context: CliContext, given: { readonly fix?: boolean; readonly quick?: boolean }): Setting {
  const config = loadConfig(context);
  return {
    config,
    env: context.env,
    paths: dataPaths(config.data),
    backups: config.backups === "" ? `${config.data}/backups` : config.backups,
    now: Date.now(),
    fix: given.fix === true,
    quick: given.quick === true,
  };
}

async function examine(setting: Setting): Promise<readonly Finding[]> {
  const directory = await checkDirectory(setting);
  const settings = [checkMemoryMode(setting), ...checkProxy(setting.config)];
  if (directory.status !== "ok") return [directory, ...settings];
  const { release, ...owner } = await findOwner(setting.paths);
  try {
    return [
      directory,
      ...settings,
      checkLock(owner),
      ...await checkServer(owner).then((finding) => finding === undefined ? [] : [finding]),
      await checkStarts(setting, owner),
      ...await checkMachine(setting, owner),
      await checkLeftovers(setting, owner.running),
      ...(await hasStore(setting) ? await checkStore(setting) : [well("integrity", "There is no store yet")]),
      ...await checkBackups(setting),
    ];
  } finally {
    release();
  }
}

async function checkMachine(setting: Setting, owner: Owner): Promise<readonly Finding[]> {
  const { config, paths, now, fix } = setting;
  const asked = await askFileSystem(paths.directory);
  const reserve = await openReserve(paths);
  // What a running server holds is its own business.
  if (fix && !owner.running) await reserve.grow(config.diskWarn);
  const space = {
    free: (await askFileSystem(paths.directory))?.free,
    held: reserve.bytes,
    warnAt: config.diskWarn,
    stopAt: Math.min(config.diskStop, config.diskWarn),
    running: owner.running,
  };
  const pid = owner.running ? /^pid (\d+)\b/.exec(owner.note)?.[1] : undefined;
  const enough = config.maxConnections + 100;
  const files = countDescriptors(pid === undefined ? undefined : Number(pid), paths.starts, enough);
  const sync = measureSync(paths.directory);
  return [
    judgeSpace(space),
    judgeClock(now, await newestWrite(setting)),
    ...(sync === undefined ? [] : [judgeSync(sync)]),
    judgeFileSystem(asked?.magic),
    judgeDescriptors(files, config.maxConnections),
  ];
}

function linesOf({ id, status, what, todo }: Finding): readonly string[] {
  const line = `${status.padEnd(4)}  ${id.padEnd(12)}  ${what}`;
  return todo === undefined ? [line] : [line, `${" ".repeat(20)}→ ${todo}`];
}
