import { assertEquals } from "@std/assert";
import { createVirtualClock } from "../../tests/kit/virtual_clock.ts";
import { LIMITS } from "../wire/limits.ts";
import { readBody } from "./body.ts";

function request(body: ReadableStream<Uint8Array<ArrayBuffer>>): Request {
  return new Request("http://game.test/rpc", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
}

Deno.test("readBody() gives up on a body that never ends, after ten seconds", async () => {
  const clock = createVirtualClock();
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("[1,")),
    cancel: () => void (cancelled = true),
  });

  const body = readBody(request(endless), clock);
  const early = clock.advance(LIMITS.deadlineMs - 1);
  const late = clock.advance(LIMITS.deadlineMs);

  assertEquals(await body, { ok: false, refusal: { code: "rpc/deadline" } });
  assertEquals([early, late, cancelled], [false, true, true]);
});

Deno.test("readBody() leaves no timer behind when the body ends in time", async () => {
  const clock = createVirtualClock();

  const body = await readBody(request(new Blob(["[1]"]).stream()), clock);

  assertEquals([body, clock.advance()], [{ ok: true, text: "[1]" }, false]);
});
