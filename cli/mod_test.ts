import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runCli } from "./mod.ts";

/** Runs the program's command line in this process. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli({ args, env, out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

Deno.test("version prints the version of the project", async () => {
  const { code, out } = await run(["version"]);

  assertEquals(code, 0);
  assertMatch(out, /^GoldBox \d+\.\d+\.\d+ \(Deno \d/);
});

Deno.test("help names every subcommand", async () => {
  for (const args of [["help"], ["--help"], ["serve", "--help"]]) {
    const { code, out } = await run(args);
    assertEquals(code, 0);
    for (const name of ["serve", "config", "doctor", "healthcheck", "replay", "version"]) {
      assertStringIncludes(out, name);
    }
  }
});

Deno.test("an unknown subcommand and unknown arguments end with exit code 2 and say what is wrong", async () => {
  for (const args of [["dance"], ["serve", "--loud"], ["config"], ["config", "check", "twice"], ["replay", "rewind"]]) {
    const { code, err } = await run(args);
    assertEquals([args, code], [args, 2]);
    assert(err.length > 0);
  }
});

Deno.test("config check lists every fault of the environment at once", async () => {
  const { code, err } = await run(["config", "check"], {
    GOLDBOX_PORT: "http",
    GOLDBOX_LOG_LEVEL: "loud",
    GOLDBOX_PROT: "8080",
    GOLDBOX_ORIGINS: "https://a.example, b.example/path",
    HOME: "/root",
  });

  assertEquals(code, 2);
  for (const name of ["4 faults", "GOLDBOX_PORT", "GOLDBOX_LOG_LEVEL", "GOLDBOX_PROT", "GOLDBOX_ORIGINS"]) {
    assertStringIncludes(err, name);
  }
});

Deno.test("serve does not start with a fault in the configuration", async () => {
  const { code, err } = await run(["serve"], { GOLDBOX_TYPO: "1" });

  assertEquals(code, 2);
  assertStringIncludes(err, "GOLDBOX_TYPO");
});

Deno.test("config print shows what is in effect", async () => {
  const { code, out } = await run(["config", "print"], { GOLDBOX_PORT: "0", GOLDBOX_TRUSTED_NETS: "10.0.0.0/8,::1" });

  assertEquals(code, 0);
  assertStringIncludes(out, "GOLDBOX_PORT=0");
  assertStringIncludes(out, "GOLDBOX_TRUSTED_NETS=10.0.0.0/8,::1");
  assertStringIncludes(out, "GOLDBOX_HOST=127.0.0.1");
});

Deno.test("healthcheck fails when nobody answers", async () => {
  const { code, err } = await run(["healthcheck", "--url", "http://127.0.0.1:9"]);

  assertEquals(code, 1);
  assertStringIncludes(err, "No server answers at http://127.0.0.1:9");
});

Deno.test("healthcheck succeeds when the server says it is well, and fails when it does not", async () => {
  for (const [status, expected] of [[200, 0], [503, 1]] as const) {
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
      return new Response("{}", { status: new URL(request.url).pathname === "/health" ? status : 404 });
    });
    const { code } = await run(["healthcheck"], { GOLDBOX_PORT: String(server.addr.port) });
    assertEquals(code, expected);
    await server.shutdown();
  }
});

Deno.test("replay verify refuses a data directory that cannot be one with exit code 6", async () => {
  const file = await Deno.makeTempFile();
  try {
    const { code, err } = await run(["replay", "verify", "w_none"], { GOLDBOX_DATA: file });
    assertEquals(code, 6);
    assertStringIncludes(err, file);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("replay verify makes no directory and no store where there is none, and ends with exit code 6", async () => {
  const parent = await Deno.makeTempDir();
  try {
    for (const data of [`${parent}/mistyped`, parent]) {
      const { code, err } = await run(["replay", "verify", "w_none"], { GOLDBOX_DATA: data });
      assertEquals(code, 6);
      assertStringIncludes(err, `Cannot use the data directory ${data} as it holds no store`);
    }
    assertEquals(await Array.fromAsync(Deno.readDir(parent)), []);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test({
  name: "a command of another user ends with exit code 1 and one sentence, not with a trace",
  ignore: Deno.uid() === 0, // who may do everything
  async fn() {
    const data = await Deno.makeTempDir({ prefix: "goldbox-other-" });
    try {
      await Deno.mkdir(`${data}/backups`, { mode: 0o000 });
      const { code, err } = await run(["backup", "list"], { GOLDBOX_DATA: data });

      assertEquals(code, 1);
      assertMatch(err, /^Permission denied .*backups.*: run this as the user of the server$/);
    } finally {
      await Deno.chmod(`${data}/backups`, 0o700);
      await Deno.remove(data, { recursive: true });
    }
  },
});
