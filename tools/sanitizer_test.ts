import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TEST_FLAGS } from "./run_tests.ts";

Deno.test("the flags of the test task make a test fail that leaks a timer or a file", async () => {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-canary-" });
  try {
    await Deno.writeTextFile(
      `${folder}/canary_test.ts`,
      `Deno.test("leaks a timer", () => { setTimeout(() => {}, 60_000); });
       Deno.test("leaks a file", async () => { await Deno.open("canary_test.ts"); });`,
    );

    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["test", ...TEST_FLAGS, "--no-config", "canary_test.ts"],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();

    assert(code !== 0);
    assertStringIncludes(new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr), "0 passed | 2 failed");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the test task asks for both sanitizers", () => {
  assertEquals(TEST_FLAGS.filter((flag) => flag.startsWith("--sanitize")), ["--sanitize-ops", "--sanitize-resources"]);
});
