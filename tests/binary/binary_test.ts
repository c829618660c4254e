import { assert, assertEquals, assertMatch } from "@std/assert";
import { startServer } from "../kit/server.ts";
import { compiledBinary } from "./compiled.ts";

Deno.test("the compiled binary boots in an empty folder, is well, and serves the client", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-binary-" });
  try {
    const binary = await compiledBinary(folder);
    const cwd = `${folder}/empty`;
    await Deno.mkdir(cwd);
    const server = await startServer({ command: [binary, "serve"], cwd, data: "./data" });
    try {
      await t.step("/health says it is well", async () => {
        const response = await fetch(`${server.url}/health`);
        assertEquals(response.status, 200);
        await response.body?.cancel();
      });

      await t.step("/ is the client, with its script and its stylesheet", async () => {
        const html = await (await fetch(`${server.url}/`)).text();
        assertMatch(html, /<html/);
        const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
        assert(assets.length >= 2);
        for (const asset of assets) {
          const response = await fetch(`${server.url}${asset}`);
          assertEquals([asset, response.status], [asset, 200]);
          await response.body?.cancel();
        }
      });
    } finally {
      assertEquals(await server.stop(), 0);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
