/**
 * `deno task test`: finds a browser, builds the client, runs every test with the sanitizers on, writes a JUnit report to
 * `.artifacts/junit.xml` and ends with what it says. Arguments (paths, `--filter`) go on to `deno test`.
 */
import { buildIfStale } from "./build_web.ts";
import { findChromium } from "./chromium.ts";
import { countTests } from "./junit.ts";

const ROOT = new URL("../", import.meta.url);
const REPORT = ".artifacts/junit.xml";

/** Leaks pass unseen without the sanitizers, which Deno leaves off since 2.8. Types are `deno task check`'s. */
export const TEST_FLAGS: readonly string[] = ["-A", "--no-check", "--sanitize-ops", "--sanitize-resources"];

/** Runs `deno test` with `flags`; answers whether the run is green. */
export async function runTests(flags: readonly string[]): Promise<boolean> {
  const chromium = await findChromium();
  if (await buildIfStale()) console.error("Built the client into dist/web");
  await Deno.mkdir(new URL(".artifacts/", ROOT), { recursive: true });

  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["test", ...TEST_FLAGS, `--junit-path=${REPORT}`, ...flags],
    cwd: ROOT,
    env: { CHROMIUM_PATH: chromium },
    stdin: "null",
  }).spawn().status;

  const { passed, failed } = countTests(await Deno.readTextFile(new URL(REPORT, ROOT)));
  console.log(`${passed} passed, ${failed} failed`);
  return code === 0 && failed === 0 && passed > 0;
}

if (import.meta.main) {
  try {
    Deno.exit(await runTests(Deno.args) ? 0 : 1);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
