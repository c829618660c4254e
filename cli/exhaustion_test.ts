import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { serveCommand, startServer } from "../tests/kit/server.ts";

/** Descriptors the server may have: enough to start and to serve some, far fewer than come. */
const DESCRIPTORS = 100;
const NEWCOMERS = 400;
/** The server listens again 100 ms to 2 s after it lost its accept loop. */
const ATTEMPTS = 100;
const ATTEMPT_MS = 100;

/** Connects until the server cannot take one more. */
async function crowd(hostname: string, port: number): Promise<Deno.Conn[]> {
  const inside: Deno.Conn[] = [];
  while (inside.length < NEWCOMERS) {
    try {
      inside.push(await Deno.connect({ hostname, port }));
    } catch (error) {
      assert(error instanceof Deno.errors.ConnectionRefused || error instanceof Deno.errors.ConnectionReset);
      break;
    }
  }
  return inside;
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined; // not listening yet
  }
}

Deno.test("a server that ran out of file descriptors serves again once some are free, without a restart", async () => {
  const data = await Deno.makeTempDir({ prefix: "goldbox-descriptors-" });
  const command = ["bash", "-c", `ulimit -n ${DESCRIPTORS}; exec "$@"`, "bash", ...serveCommand(data)];
  const server = await startServer({ data, command, env: { GOLDBOX_LOG_LEVEL: "error" } });
  try {
    const inside = await crowd("127.0.0.1", Number(new URL(server.url).port));
    assert(inside.length < NEWCOMERS, "the server never met its limit");
    for (const one of inside) one.close();

    let status: number | undefined;
    for (let attempt = 0; status === undefined && attempt < ATTEMPTS; attempt++) {
      status = await statusOf(`${server.url}/health`);
      if (status === undefined) await new Promise((resolve) => setTimeout(resolve, ATTEMPT_MS));
    }
    assertEquals(status, 200);
    assertStringIncludes(server.output(), "listening was interrupted");
  } finally {
    assertEquals(await server.stop(), 0);
    await Deno.remove(data, { recursive: true });
  }
});
