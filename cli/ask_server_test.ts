import { assertEquals } from "@std/assert";
import { parseConfig } from "../host/config.ts";
import { findServer } from "./ask_server.ts";

Deno.test("findServer() asks nobody where no server has the directory, whoever answers at the address noted last", async () => {
  const data = await Deno.makeTempDir({ prefix: "goldbox-ask-" });
  const asked: string[] = [];
  const stranger = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    asked.push(request.url);
    return Response.json({ live: true });
  });
  try {
    await Deno.writeTextFile(`${data}/admin.token`, "of the server that is gone\n");
    await Deno.writeTextFile(`${data}/lock`, `pid 1 at http://127.0.0.1:${stranger.addr.port}\n`);
    const parsed = parseConfig({ GOLDBOX_DATA: data }, () => "");

    const found = parsed.ok ? await findServer(parsed.config) : "no configuration";

    assertEquals(found, undefined);
    assertEquals(asked, []);
  } finally {
    await stranger.shutdown();
    await Deno.remove(data, { recursive: true });
  }
});
