import { assert, assertEquals, assertMatch } from "@std/assert";
import type { JsonObject } from "../../host/api.ts";
import { systemClock } from "../../host/clock.ts";
import { codeOf, createDoors, type Doors, objectOf } from "../testing/app.ts";

interface Line {
  readonly socket: WebSocket;
  readonly closed: Promise<CloseEvent>;
  /** The next message, in the order in which they came. */
  next(): Promise<JsonObject>;
  ask(message: unknown): Promise<JsonObject>;
}

/** The doors behind a real port, since an upgrade needs one. */
async function serving(doors: Doors, run: (base: string, open: () => Promise<Line>) => Promise<void>): Promise<void> {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request, info) => doors.app.fetch(request, info),
  );
  const lines: Line[] = [];
  const base = `127.0.0.1:${server.addr.port}`;
  try {
    await run(base, async () => {
      const line = await openLine(doors, base);
      lines.push(line);
      return line;
    });
  } finally {
    for (const { socket } of lines) if (socket.readyState < WebSocket.CLOSING) socket.close(1000);
    await Promise.all(lines.map(({ closed }) => closed));
    await server.shutdown();
  }
}

async function openLine({ host }: Doors, base: string): Promise<Line> {
  const guest = await host.guest({ name: "Ada", lang: "en" });
  const ticket = guest.ok ? await host.ticket(guest.result.caller) : "";
  const socket = new WebSocket(`ws://${base}/ws?ticket=${ticket}`);
  const heard: JsonObject[] = [];
  let wake = () => {};
  socket.onmessage = (event) => {
    heard.push(JSON.parse(event.data));
    wake();
  };
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  async function next(): Promise<JsonObject> {
    while (heard.length === 0) await new Promise<void>((resolve) => wake = resolve);
    return heard.shift() ?? {};
  }
  return {
    socket,
    closed,
    next,
    ask(message) {
      socket.send(JSON.stringify(message));
      return next();
    },
  };
}

const ping = (id: number) => ({ jsonrpc: "2.0", id, method: "v1.ping" });
const turn = (id: number) => ({
  jsonrpc: "2.0",
  id,
  method: "v1.turn",
  params: { world: "w_1", cseq: id, to: "left" },
});
const subscribe = (id: number, world = "w_1") => ({
  jsonrpc: "2.0",
  id,
  method: "v1.stream.subscribe",
  params: { world },
});

Deno.test("an upgrade without a session, with a used ticket or from a foreign page is refused before it happens", async () => {
  const doors = createDoors();
  const upgrade = { upgrade: "websocket", connection: "upgrade", "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw==" };
  await serving(doors, async (base, open) => {
    await open();
    const guest = await doors.host.guest({ name: "Ada", lang: "en" });
    const cookie = `session=${guest.ok ? guest.result.token : ""}`;
    const tries:
      readonly (readonly [path: string, headers: Readonly<Record<string, string>>, status: number, code: string])[] = [
        ["/ws", {}, 401, "auth/required"],
        ["/ws?ticket=ticket-that-never-was", {}, 401, "auth/ended"],
        ["/ws", { cookie, origin: "http://evil.test" }, 403, "auth/origin"],
      ];
    for (const [path, headers, status, code] of tries) {
      const response = await doors.app.fetch(
        new Request(`http://${base}${path}`, { headers: { ...upgrade, "sec-websocket-version": "13", ...headers } }),
      );
      assertEquals(response.status, status);
      assertEquals(codeOf(await response.json()), code);
    }
  });
});

Deno.test("newcomers wait for their turn while who is in is answered, and are then read in order", async () => {
  const planned: (() => void)[] = [];
  let held = false;
  const clock = {
    ...systemClock(),
    soon: (run: () => void) => held ? void planned.push(run) : systemClock().soon(run),
  };
  const doors = createDoors({ clock });
  await serving(doors, async (base, open) => {
    const line = await open();
    await line.ask(ping(1));
    const late = await open();
    // A turn of the event loop that does not end: of these newcomers it has room for eight.
    held = true;
    let opened = 0;
    const crowd = Array.from({ length: 12 }, async () => {
      const one = await openLine(doors, base);
      opened++;
      return one;
    });
    while (opened < 8) await new Promise((resolve) => setTimeout(resolve));
    for (let id = 2; id <= 5; id++) late.socket.send(JSON.stringify(turn(id)));
    for (let id = 2; id <= 20; id++) assertEquals((await line.ask(ping(id)))["id"], id);
    assertEquals([opened, doors.host.submitted.length], [8, 0]);

    held = false;
    while (planned.length > 0) planned.shift()?.();
    for (let id = 2; id <= 5; id++) assertEquals((await late.next())["id"], id);
    for (const one of await Promise.all(crowd)) {
      one.socket.close(1000);
      await one.closed;
    }
  });
});

Deno.test("calls of a socket are answered in the order in which they came", async () => {
  await serving(createDoors(), async (_base, open) => {
    const line = await open();
    for (let id = 1; id <= 8; id++) line.socket.send(JSON.stringify(turn(id)));

    const answers = [];
    for (let id = 1; id <= 8; id++) answers.push(await line.next());

    assertEquals(answers.map(({ id }) => id), [1, 2, 3, 4, 5, 6, 7, 8]);
    assertEquals(answers.map(({ result }) => objectOf(result)["seq"]), [1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

Deno.test("the answer to a subscription comes before anything of the stream", async () => {
  await serving(createDoors(), async (_base, open) => {
    const line = await open();

    const answer = await line.ask(subscribe(1));
    const resumed = await line.next();

    assertEquals(objectOf(answer["result"])["mode"], "live");
    assertEquals(resumed["method"], "v1.stream.resumed");
  });
});

Deno.test("what a batch causes is heard after the batch's answer", async () => {
  const doors = createDoors();
  await serving(doors, async (_base, open) => {
    const line = await open();
    await line.ask(subscribe(1));
    await line.next();
    const release = doors.host.hold();
    line.socket.send(JSON.stringify([turn(2), turn(3)]));
    while (doors.host.submitted.length === 0) await new Promise((resolve) => setTimeout(resolve));
    doors.host.publish("w_1", `{"jsonrpc":"2.0","method":"v1.stream.message","params":{"seq":1}}`);
    release();

    const first = await line.next();
    const second = await line.next();

    assert(Array.isArray(first));
    assertEquals(second["method"], "v1.stream.message");
  });
});

Deno.test("what waits for a batch's answer is not sent of a stream that is no longer followed", async () => {
  const doors = createDoors();
  await serving(doors, async (_base, open) => {
    const line = await open();
    await line.ask(subscribe(1));
    await line.next();
    const release = doors.host.hold();
    line.socket.send(JSON.stringify([turn(2)]));
    while (doors.host.submitted.length === 0) await new Promise((resolve) => setTimeout(resolve));
    doors.host.publish("w_1", `{"jsonrpc":"2.0","method":"v1.stream.message","params":{"seq":1}}`);
    const left = await line.ask({ ...subscribe(3), method: "v1.stream.unsubscribe" });
    release();

    const batch = await line.next();
    const last = await line.ask(ping(4));

    assertEquals([left["id"], Array.isArray(batch), last["id"]], [3, true, 4]);
  });
});

Deno.test("notifications get no answer on a socket", async () => {
  await serving(createDoors(), async (_base, open) => {
    const line = await open();
    line.socket.send(JSON.stringify({ jsonrpc: "2.0", method: "v1.none" }));

    const answer = await line.ask(ping(7));

    assertEquals(answer["id"], 7);
  });
});

// The library of the limits tidies up by timers of its own, which outlive a test.
const limited = { sanitizeOps: false, sanitizeResources: false };

Deno.test("a frame above 64 KiB closes with 1009 unread; the third keeps the address out", limited, async () => {
  const doors = createDoors({ env: { GOLDBOX_RATE_LIMITS: "on" } });
  await serving(doors, async (base, open) => {
    for (let strike = 1; strike <= 3; strike++) {
      const line = await open();
      line.socket.send(`"${"x".repeat(64 * 1024)}"`);
      assertEquals((await line.closed).code, 1009);
    }
    const response = await fetch(`http://${base}/ws`, {
      headers: { upgrade: "websocket", connection: "upgrade" },
    });
    await response.body?.cancel();
    const refused = await openLine(doors, base).then(() => "open", () => "refused");
    assertEquals(refused, "refused");
    assertMatch(await doors.metrics.registry.metrics(), /socket_closes_total\{code="1009"\} 3/);
  });
});

Deno.test("a frame of 64 MiB closes with 1009 and harms nobody else", async () => {
  await serving(createDoors(), async (_base, open) => {
    const other = await open();
    const line = await open();
    line.socket.send("x".repeat(64 * 1024 * 1024 - 16));

    const { code } = await line.closed;

    assert(code === 1009 || code === 1006, `closed with ${code}`);
    assertEquals((await other.ask(ping(1)))["id"], 1);
  });
});

Deno.test("a binary frame closes with 1003", async () => {
  await serving(createDoors(), async (_base, open) => {
    const line = await open();
    line.socket.send(new Uint8Array([1, 2, 3]));

    assertEquals((await line.closed).code, 1003);
  });
});

Deno.test("nonsense is answered, and closes with 1008 at the third", async () => {
  await serving(createDoors(), async (_base, open) => {
    const line = await open();
    for (let time = 1; time <= 3; time++) line.socket.send("{");

    for (let time = 1; time <= 3; time++) assertEquals(codeOf(await line.next()), "rpc/parse_error");
    assertEquals((await line.closed).code, 1008);
  });
});

Deno.test("session.end answers, then closes the session's sockets with 4401", async () => {
  await serving(createDoors(), async (_base, open) => {
    const line = await open();

    const answer = await line.ask({ jsonrpc: "2.0", id: 1, method: "session.end" });

    assertEquals(objectOf(answer["result"])["ended"], true);
    assertEquals((await line.closed).code, 4401);
  });
});

Deno.test("at a stop everybody is told when to come back and closed with 1012", async () => {
  const doors = createDoors();
  await serving(doors, async (_base, open) => {
    const line = await open();
    await doors.app.stop();
    await doors.app.closeSockets();

    const notice = await line.next();

    assertEquals(notice["method"], "v1.server.goingAway");
    const wait = Number(objectOf(notice["params"])["retryAfterMs"]);
    assert(wait >= 200 && wait <= 1_500);
    assertEquals((await line.closed).code, 1012);
  });
});

Deno.test("the 33rd call under way is refused, and so is the ninth stream", async () => {
  const doors = createDoors();
  await serving(doors, async (_base, open) => {
    const line = await open();
    for (let id = 1; id <= 8; id++) {
      await line.ask(subscribe(id, `w_${id}`));
      await line.next();
    }
    assertEquals(codeOf(await line.ask(subscribe(9, "w_9"))), "limit/connections");

    const release = doors.host.hold();
    for (let id = 1; id <= 32; id++) line.socket.send(JSON.stringify(turn(id)));
    const refused = await line.ask(turn(33));
    release();

    assertEquals(refused["id"], 33);
    assertEquals(codeOf(refused), "limit/rate");
    for (let id = 1; id <= 32; id++) assertEquals((await line.next())["id"], id);
  });
});

Deno.test("a close code of the peer's own making is counted as other", async () => {
  const doors = createDoors();
  await serving(doors, async (_base, open) => {
    const line = await open();
    const metrics = async () => await doors.metrics.registry.metrics();

    line.socket.close(4711);
    await line.closed;
    while (/^sockets_open 1/m.test(await metrics())) await new Promise((resolve) => setTimeout(resolve));

    assertMatch(await metrics(), /socket_closes_total\{code="other"\} 1/);
  });
});

Deno.test("a session has eight sockets and no more", async () => {
  const doors = createDoors();
  const guest = await doors.host.guest({ name: "Ada", lang: "en" });
  assert(guest.ok);
  const { caller } = guest.result;
  await serving({ ...doors, host: { ...doors.host, guest: () => Promise.resolve(guest) } }, async (base, open) => {
    for (let count = 1; count <= 8; count++) await open();

    const response = await doors.app.fetch(
      new Request(`http://${base}/ws?ticket=${await doors.host.ticket(caller)}`, { headers: { upgrade: "websocket" } }),
    );

    assertEquals(response.status, 429);
    assertEquals(codeOf(await response.json()), "limit/connections");
  });
});
