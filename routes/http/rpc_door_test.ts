import { assert, assertEquals, assertMatch } from "@std/assert";
import { systemClock } from "../../host/clock.ts";
import { codeOf, createDoors, objectOf, ORIGIN, peer } from "../testing/app.ts";

const PING = { jsonrpc: "2.0", method: "v1.ping" } as const;

Deno.test("POST /rpc answers 200 with a result, a correlation id and no caching", async () => {
  const { post } = createDoors();

  const response = await post(JSON.stringify({ ...PING, id: "a" }), { "x-request-id": "click-0006" });

  assertEquals(response.status, 200);
  assertEquals(response.headers.get("x-request-id"), "click-0006");
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertEquals(response.headers.get("x-api-version"), "1");
  const answer = await response.json();
  assertEquals(answer.id, "a");
  assertEquals(typeof answer.result.time, "number");
});

const WHOLE: readonly (readonly [what: string, body: string | Uint8Array<ArrayBuffer>, number: number])[] = [
  ["an empty body", "", -32700],
  ["broken JSON", "{", -32700],
  ["invalid UTF-8", new Uint8Array([0x22, 0xff, 0x22]), -32700],
  ["an empty batch", "[]", -32600],
  ["a number", "1", -32600],
  ["nesting of 17", "[".repeat(17) + "]".repeat(17), -32600],
];

for (const [what, body, number] of WHOLE) {
  Deno.test(`POST /rpc answers ${what} with one error object and id null`, async () => {
    const { post } = createDoors();

    const response = await post(body);

    assertEquals(response.status, 200);
    const answer = await response.json();
    assertEquals(answer.id, null);
    assertEquals(answer.error.code, number);
    assertEquals("result" in answer, false);
  });
}

Deno.test("POST /rpc answers [1,2,3] with three errors", async () => {
  const { post } = createDoors();

  const answer = await (await post("[1,2,3]")).json();

  assertEquals(answer.map((one: { id: null; error: { code: number } }) => [one.id, one.error.code]), [
    [null, -32600],
    [null, -32600],
    [null, -32600],
  ]);
});

Deno.test("POST /rpc answers a notification, or a batch of them, with 204 and no body", async () => {
  const { post } = createDoors();
  for (const body of [PING, [PING, { ...PING, method: "v1.none" }]]) {
    const response = await post(JSON.stringify(body));

    assertEquals(response.status, 204);
    assertEquals(await response.text(), "");
  }
});

Deno.test("POST /rpc answers the calls of a mixed batch in their order, equal ids both", async () => {
  const { post } = createDoors();

  const answer = await (await post(JSON.stringify([
    { ...PING, id: 1 },
    PING,
    { ...PING, id: 1, method: "v1.none" },
    { ...PING, id: null },
  ]))).json();

  assertEquals(answer.map((one: { id: unknown; error?: unknown }) => [one.id, one.error === undefined]), [
    [1, true],
    [1, false],
    [null, true],
  ]);
});

Deno.test("a batch runs its commands one after another, also past a failure", async () => {
  const { post, host } = createDoors();
  const guest = await host.guest({ name: "Ada", lang: "en" });
  assert(guest.ok);
  const command = (cseq: number, to: string) => ({
    jsonrpc: "2.0",
    id: cseq,
    method: "turn",
    params: { world: "w_1", cseq, to },
  });

  const answer = await (await post(JSON.stringify([command(1, "left"), command(2, "up"), command(3, "right")]), {
    authorization: `Bearer ${guest.result.token}`,
  })).json();

  assertEquals(answer.map((one: { result?: { seq: number } }) => one.result?.seq), [1, undefined, 2]);
  assertEquals(host.submitted.map(({ cseq }) => cseq), [1, 3]);
});

Deno.test("methods answer to their name, to v1. and to no other generation; rpc.* is reserved", async () => {
  const { call } = createDoors();

  assert("result" in await call("ping"));
  assert("result" in await call("v1.ping"));
  assert("result" in await call("rpc.discover"));
  for (const name of ["v2.ping", "v0.ping", "rpc.other", "v1.rpc.discover", "toString", "constructor", ""]) {
    assertEquals(codeOf(await call(name)), "rpc/unknown_method");
  }
});

Deno.test("params by position, unknown and mistyped params are refused with the issues", async () => {
  const { call, post } = createDoors();

  const unknown = await call("ping", { colour: "red" });
  assertEquals(codeOf(unknown), "rpc/invalid_params");
  const byPosition = await (await post(`{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}`)).json();
  assertEquals(byPosition.error.code, -32602);
  assertEquals(byPosition.error.data.details.reason, "byName");

  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${"x".repeat(300)}${index}`, index]));
  const wrong = await call("getAllSpells", { level: "one", limit: 0, offset: -1, ...many });
  const data = objectOf(objectOf(wrong["error"])["data"]);
  const issues = objectOf(data["details"])["issues"];
  assert(Array.isArray(issues) && issues.length >= 3 && issues.length <= 10);
  assert(JSON.stringify(issues).length < 3_000);
});

Deno.test("a command without cseq is refused before it reaches the host", async () => {
  const { call, host } = createDoors();

  const answer = await call("turn", { world: "w_1", to: "left" });

  assertEquals(codeOf(answer), "rpc/invalid_params");
  assertEquals(host.submitted.length, 0);
});

Deno.test("a command reaches the host with its members, its intent and its params as sent", async () => {
  const { call, host } = createDoors();

  await call("v1.attack", {
    world: "w_1",
    cseq: 3,
    lane: 2,
    epoch: 9,
    expectSeq: 14,
    character: "c_a",
    target: "n_g",
  });

  const { extras: _, rid, ...command } = host.submitted[0] ?? { rid: "" };
  assertMatch(rid, /^[A-Za-z0-9._-]{8,64}$/);
  assertEquals<unknown>(command, {
    world: "w_1",
    cseq: 3,
    lane: 2,
    epoch: 9,
    expectSeq: 14,
    method: "attack",
    params: { world: "w_1", epoch: 9, expectSeq: 14, character: "c_a", target: "n_g" },
    ask: { type: "Attack", character: "c_a", target: "n_g" },
  });
});

Deno.test("other verbs and other types are refused with their status", async () => {
  const { app, post } = createDoors();

  const get = await app.fetch(new Request(`${ORIGIN}/rpc`), peer("192.0.2.1"));
  assertEquals([get.status, get.headers.get("allow")], [405, "POST"]);
  await get.body?.cancel();

  const form = await post("{}", { "content-type": "text/plain" });
  assertEquals(form.status, 415);
  assertEquals(codeOf(await form.json()), "rpc/unsupported_type");
  const packed = await post("{}", { "content-encoding": "br" });
  assertEquals(packed.status, 415);
  await packed.body?.cancel();
});

Deno.test("a body above 256 KiB is refused while it is read, also when no length was told", async () => {
  const { app, post } = createDoors();
  const told = await post(`"${"x".repeat(256 * 1024)}"`);
  assertEquals(told.status, 413);
  assertEquals(codeOf(await told.json()), "rpc/too_large");

  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      sent++;
    },
  });
  const streamed = await app.fetch(
    new Request(`${ORIGIN}/rpc`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: endless,
    }),
    peer("192.0.2.1"),
  );
  assertEquals(streamed.status, 413);
  assert(sent < 10);
  await streamed.body?.cancel();
});

Deno.test("a fault of the host is answered as internal, logged, and tells nothing", async () => {
  const { call, host, errors, metrics } = createDoors();
  host.fail(new Error("secret of the house"));

  const answer = await call("turn", { world: "w_1", cseq: 1, to: "left" });

  assertEquals(codeOf(answer), "server/internal");
  assert(!JSON.stringify(answer).includes("secret"));
  assertEquals(errors, ["call failed"]);
  assertMatch(
    await metrics.registry.metrics(),
    /rpc_requests_total\{method="turn",version="1",code="server\/internal"/,
  );
});

Deno.test("a call that takes too long is answered with the deadline; for a command the outcome is unknown", async () => {
  const base = systemClock();
  let now = 0;
  const { call, host } = createDoors({
    clock: {
      ...base,
      monotonic: () => now,
      after: (ms, run) =>
        base.after(0, () => {
          now += ms;
          run();
        }),
    },
  });
  const release = host.hold();

  const answer = await call("turn", { world: "w_1", cseq: 1, to: "left" });

  assertEquals(codeOf(answer), "rpc/deadline");
  assertEquals(objectOf(objectOf(objectOf(answer["error"])["data"])["details"])["outcome"], "unknown");
  release();
});

Deno.test("a stopping server refuses with 503 and waits for calls under way", async () => {
  const { app, call, host, post } = createDoors();
  const release = host.hold();
  const under = call("turn", { world: "w_1", cseq: 1, to: "left" });
  while (host.submitted.length === 0) await new Promise((resolve) => setTimeout(resolve));

  const stopped = app.stop();
  const refused = await post(JSON.stringify({ ...PING, id: 1 }));
  release();
  await stopped;

  assertEquals(refused.status, 503);
  assert(Number(refused.headers.get("retry-after")) >= 1);
  assertEquals(codeOf(await refused.json()), "server/going_away");
  assert("result" in await under);
});
