import { signal } from "@preact/signals";
import { assertEquals } from "@std/assert";
import type { Reply } from "./connection.ts";
import type { JsonObject } from "./json.ts";
import { createOutbox } from "./outbox.ts";

function lineOf(replies: readonly Reply[]) {
  const sent: JsonObject[] = [];
  const left = [...replies];
  return {
    sent,
    ready: () => Promise.resolve(),
    call(method: string, params: JsonObject): Promise<Reply> {
      sent.push({ method, ...params });
      return Promise.resolve(left.shift() ?? { type: "result", result: {} });
    },
  };
}
const soon = () => Promise.resolve();

Deno.test("an outbox sends the same bytes again after an unknown outcome, before anything newer", async () => {
  const line = lineOf([{ type: "unknown" }, { type: "result", result: { seq: 9 } }]);
  const outbox = createOutbox(line, () => ({ world: "w_1" }), soon);

  const [first] = await Promise.all([outbox.send("move", { step: "forward" }), outbox.send("turn", { to: "left" })]);

  assertEquals(first, { type: "result", result: { seq: 9 } });
  assertEquals(line.sent, [
    { method: "v1.move", world: "w_1", step: "forward", cseq: 1 },
    { method: "v1.move", world: "w_1", step: "forward", cseq: 1 },
    { method: "v1.turn", world: "w_1", to: "left", cseq: 2 },
  ]);
});

Deno.test("an outbox repeats what the server asks to repeat, and takes the next number after a refusal", async () => {
  const refusal = { code: "limit/rate", message: "", hint: "", retryAfterMs: 60, details: {} };
  const line = lineOf([
    { type: "error", error: { ...refusal, retry: "same" } },
    { type: "error", error: { ...refusal, code: "move/blocked", retry: "changed" } },
  ]);
  const outbox = createOutbox(line, () => ({}), soon);
  outbox.lift(5);

  const first = await outbox.send("move", {});
  await outbox.send("move", {});

  assertEquals(first.type, "error");
  assertEquals(line.sent.map((one) => one["cseq"]), [5, 5, 6]);
  assertEquals(outbox.lastCseq(), 6);
});

Deno.test("an outbox forgets unsent commands when the world was restored", async () => {
  const line = lineOf([]);
  const outbox = createOutbox(line, () => ({}), soon);

  const settled = outbox.send("move", {});
  outbox.drop();

  assertEquals((await settled).type, "error");
  assertEquals(line.sent, []);
});

Deno.test("an outbox tells why the server lets a command wait, from the second refusal on, until there is an answer", async () => {
  const error = { code: "server/read_only", message: "Nothing can be stored", hint: "", retryAfterMs: 1, details: {} };
  const refusal: Reply = { type: "error", error: { ...error, retry: "same" } };
  const held = signal("");
  const told: string[] = [];
  const pause = () => Promise.resolve(void told.push(held.value));
  const outbox = createOutbox({ ...lineOf([refusal, refusal, refusal]), held }, () => ({}), pause);

  await outbox.send("move", {});

  assertEquals([...told, held.value], ["", error.message, error.message, ""]);
});
