/**
 * `deno task coverage`: the tests with coverage, then the share of lines that ran in each room of the server and the
 * engine. Fails below the threshold, or when the tests fail.
 */
import { runTests } from "./run_tests.ts";

const ROOT = new URL("../", import.meta.url);
const ROOMS = ["cli", "engine", "host", "kv", "routes"] as const;
const THRESHOLD = 85;

interface Lines {
  readonly found: number;
  readonly hit: number;
}

/** Sums an lcov report by room. Test files do not count. */
export function linesByRoom(lcov: string, root: string): ReadonlyMap<string, Lines> {
  const rooms = new Map<string, Lines>();
  for (const record of lcov.split("end_of_record")) {
    const path = /^SF:(.+)$/m.exec(record)?.[1]?.replace(root, "");
    if (path === undefined || /_test\.tsx?$/.test(path)) continue;
    const room = path.slice(0, Math.max(0, path.indexOf("/")));
    if (!ROOMS.some((one) => one === room)) continue;
    const before = rooms.get(room) ?? { found: 0, hit: 0 };
    const number = (key: string) => Number(new RegExp(`^${key}:(\\d+)$`, "m").exec(record)?.[1] ?? 0);
    rooms.set(room, { found: before.found + number("LF"), hit: before.hit + number("LH") });
  }
  return rooms;
}

/** Percentage of lines that ran; nothing at all counts as nothing covered. */
export function share({ found, hit }: Lines): number {
  return found === 0 ? 0 : hit / found * 100;
}

if (import.meta.main) {
  await Deno.remove(new URL("coverage/", ROOT), { recursive: true }).catch(() => undefined);
  const green = await runTests(["--coverage=coverage", ...Deno.args]);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["coverage", "--lcov", "coverage"],
    cwd: ROOT,
    stderr: "inherit",
  }).output();
  const rooms = linesByRoom(new TextDecoder().decode(stdout), ROOT.pathname);
  let all: Lines = { found: 0, hit: 0 };
  for (const [room, lines] of rooms) {
    console.log(`${room.padEnd(8)} ${share(lines).toFixed(1).padStart(5)} % of ${lines.found} lines`);
    all = { found: all.found + lines.found, hit: all.hit + lines.hit };
  }
  console.log(
    `${"all".padEnd(8)} ${share(all).toFixed(1).padStart(5)} % of ${all.found} lines, at least ${THRESHOLD} % wanted`,
  );
  Deno.exit(green && share(all) >= THRESHOLD ? 0 : 1);
}
