import { assert, assertEquals } from "@std/assert";
import { readMessage, receive, type StreamMessage } from "./stream.ts";

const hash = (view: unknown) => JSON.stringify(view);
const state = { epoch: 7, seq: 3, view: { hp: 5 } };
const message: StreamMessage = {
  epoch: 7,
  seq: 4,
  at: 1,
  rid: "r",
  events: [{ type: "Said" }],
  patch: [{ op: "replace", path: "/hp", value: 4 }],
  hash: '{"hp":4}',
};

Deno.test("receive() adopts the next message when its hash fits", () => {
  const got = receive(state, message, hash);

  assert(got.type === "adopted");
  assertEquals(got.state, { epoch: 7, seq: 4, view: { hp: 4 } });
  assertEquals(got.events, [{ type: "Said" }]);
});

Deno.test("receive() drops what it has seen, and asks for what it missed", () => {
  assertEquals(receive(state, { ...message, seq: 3 }, hash), { type: "dropped" });
  assertEquals(receive(state, { ...message, seq: 6 }, hash), { type: "resubscribe", whole: false });
  assertEquals(receive(state, { ...message, epoch: 8 }, hash), { type: "resubscribe", whole: true });
  assertEquals(receive(undefined, message, hash), { type: "resubscribe", whole: true });
});

Deno.test("receive() throws the copy away when the hash or the patch does not fit", () => {
  assertEquals(receive(state, { ...message, hash: "other" }, hash).type, "desync");
  assertEquals(
    receive(state, { ...message, patch: [{ op: "remove", path: "/none" }] }, hash).type,
    "desync",
  );
  assertEquals(state.view, { hp: 5 });
});

Deno.test("readMessage() refuses what is no message and skips operations it does not know", () => {
  assertEquals(readMessage("x"), undefined);
  assertEquals(readMessage({ epoch: 1 }), undefined);
  assertEquals(readMessage({ epoch: 1, seq: 2, patch: [{ op: "move", path: "/a" }] })?.patch, []);
});
