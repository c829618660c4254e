import { assert, assertEquals, assertRejects } from "@std/assert";
import { listen } from "./listen.ts";

Deno.test("listen() takes any free port and answers on it until it is stopped", async () => {
  const listening = listen({
    hostname: "127.0.0.1",
    port: 0,
    handler: () => new Response("well"),
    onFault: () => {},
  });

  const response = await fetch(`http://127.0.0.1:${listening.port}/`);
  assertEquals(await response.text(), "well");

  await listening.stop();
  await assertRejects(() => fetch(`http://127.0.0.1:${listening.port}/`));
});

Deno.test("listen() listens again on the same port when the accept loop ends by a fault", async () => {
  const faults: unknown[] = [];
  const ports: number[] = [];
  const listeningAgain = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();

  const listening = listen({
    hostname: "127.0.0.1",
    port: 0,
    handler: () => new Response(),
    onFault: (fault) => faults.push(fault instanceof Error ? fault.message : fault),
    serve: (_, port) => {
      ports.push(port);
      if (ports.length === 2) throw new Error("Too many open files");
      if (ports.length === 3) listeningAgain.resolve();
      return {
        addr: { transport: "tcp", hostname: "127.0.0.1", port: 7_777 },
        finished: ports.length === 1 ? Promise.reject(new Error("accept failed")) : stopped.promise,
        shutdown: () => Promise.resolve(stopped.resolve()),
        ref() {},
        unref() {},
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
  });
  await listeningAgain.promise;
  await listening.stop();

  assertEquals(ports, [0, 7_777, 7_777]);
  assertEquals(faults, ["accept failed", "Too many open files"]);
});

Deno.test("listen() does not wait for idle connections when it is stopped", async () => {
  const listening = listen({
    hostname: "127.0.0.1",
    port: 0,
    handler: () => new Response("well"),
    onFault: () => {},
  });
  using idle = await Deno.connect({ hostname: "127.0.0.1", port: listening.port });
  await idle.write(new TextEncoder().encode("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  assert((await idle.read(new Uint8Array(1_000)) ?? 0) > 0);

  await listening.stop();

  assertEquals(await idle.read(new Uint8Array(1)), null);
});
