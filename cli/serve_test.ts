import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { serveCommand, startServer } from "../tests/kit/server.ts";

/** Runs a server that is expected to refuse its start. */
async function refused(data: string, env: Readonly<Record<string, string>> = {}) {
  const [program = "", ...args] = serveCommand(data);
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    env: { GOLDBOX_DATA: data, GOLDBOX_PORT: "0", ...env },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-serve-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("serve makes its data directory, says once when it is ready, and stops politely by SIGTERM", async () => {
  await inFolder(async (folder) => {
    const server = await startServer({ data: `${folder}/new/data` });
    const health = await fetch(`${server.url}/health`);
    await health.body?.cancel();

    const code = await server.stop();

    assertEquals([health.status, code], [200, 0]);
    assertEquals(server.output().match(/GoldBox is ready at http:\/\/127\.0\.0\.1:\d+\n/g)?.length, 1);
    await assertRejects(() => fetch(`${server.url}/health`));
  });
});

Deno.test("serve gives up the environment once it has read it", async () => {
  await inFolder(async (folder) => {
    const program = `
      import { serve } from ${JSON.stringify(new URL("./serve.ts", import.meta.url).href)};
      const context = { args: [], env: { GOLDBOX_PORT: "0", GOLDBOX_DATA: ${JSON.stringify(folder)} }, err() {} };
      await serve.run({ ...context, out: () => {
        console.log("env is", Deno.permissions.querySync({ name: "env" }).state);
        Deno.exit(0);
      } });`;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--config", new URL("../deno.json", import.meta.url).pathname, program],
    }).output();

    assertMatch(new TextDecoder().decode(stdout), /env is (denied|prompt)/);
  });
});

Deno.test("a second server on the same data directory ends with exit code 5 and names the first; the first lives on", async () => {
  await inFolder(async (folder) => {
    const first = await startServer({ data: folder });
    try {
      const { code, err } = await refused(folder);

      assertEquals(code, 5);
      assertStringIncludes(err, String(first.pid));
      assertStringIncludes(err, first.url);
      const health = await fetch(`${first.url}/health`);
      await health.body?.cancel();
      assertEquals(health.status, 200);
    } finally {
      await first.stop();
    }
  });
});

Deno.test("a data directory that is a file, or cannot be made, ends the start with exit code 6", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "not a directory");
    for (const data of [`${folder}/file`, `${folder}/file/below`, "/proc/goldbox"]) {
      const { code, err } = await refused(data);
      assertEquals([data, code], [data, 6]);
      assertStringIncludes(err, "GOLDBOX_DATA");
    }
  });
});

Deno.test("a store that is no store ends the start with exit code 3, and the file is left as it was", async () => {
  await inFolder(async (folder) => {
    const server = await startServer({ data: folder });
    await server.stop();
    const garbage = new TextEncoder().encode("this is no store\n".repeat(1_000));
    await Deno.writeFile(`${folder}/goldbox.kv`, garbage);

    const { code, err } = await refused(folder);

    assertEquals(code, 3);
    assertStringIncludes(err, "goldbox.kv");
    assertEquals(await Deno.readFile(`${folder}/goldbox.kv`), garbage);
  });
});

Deno.test("faults in the configuration end the start with exit code 2, all of them in one message", async () => {
  await inFolder(async (folder) => {
    const { code, out, err } = await refused(folder, { GOLDBOX_PRT: "80", GOLDBOX_LOG_LEVEL: "shout" });

    assertEquals([code, out], [2, ""]);
    assertStringIncludes(err, "GOLDBOX_PRT");
    assertStringIncludes(err, "GOLDBOX_LOG_LEVEL");
    assert(!err.includes("at file://"), "a message for people has no stack");
  });
});

Deno.test("a port that is taken ends the start with exit code 1 and one sentence", async () => {
  await inFolder(async (folder) => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    assert(taken.addr.transport === "tcp");

    const { code, err } = await refused(folder, { GOLDBOX_PORT: String(taken.addr.port) });

    assertEquals(code, 1);
    assertMatch(err, /Cannot listen on 127\.0\.0\.1:\d+.*GOLDBOX_PORT/);
    assert(!err.includes("at file://"), "a message for people has no stack");
  });
});
