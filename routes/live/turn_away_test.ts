import { assert, assertEquals } from "@std/assert";
import { createAnswerer } from "../rpc/answer.ts";
import { readMessages } from "../assets.ts";
import { parseMessage } from "../wire/jsonrpc.ts";
import { createMessages } from "../wire/messages.ts";
import { createTurnAway } from "./turn_away.ts";

const answerer = createAnswerer(createMessages(readMessages()));

function scene(overloaded: boolean) {
  let refused = 0;
  const overload = {
    commands: () => overloaded,
    refuse: () => ({ code: "server/busy", retryAfterMs: 700 + refused++ } as const),
  };
  const turnAway = createTurnAway({ host: { overload }, answerer, makeRid: () => "r-12345678" });
  return { turnAway, refused: () => refused };
}

const frame = (id: string, more: string, method: string) => `{"jsonrpc":"2.0","id":${id},${more}"method":"${method}"`;
const TURN = ',"params":{"world":"w_1","cseq":1,"to":"left"}}';

Deno.test("a command turned away unread gets the very answer it would have got", () => {
  const { turnAway } = scene(true);
  const cases = [["7", "", "r-12345678"], ['"a-1"', '"rid":"click-0001",', "click-0001"]] as const;
  for (const [i, [id, more, rid]] of cases.entries()) {
    const refusal = { code: "server/busy", retryAfterMs: 700 + i } as const;
    assertEquals(
      turnAway(frame(id, more, "v1.turn") + TURN, "en"),
      answerer.refusal(JSON.parse(id), refusal, "en", rid).text,
    );
  }
});

Deno.test("whatever is no plain command is read, also under load", () => {
  const { turnAway, refused } = scene(true);
  const long = [
    frame("7", "", "v1.ping") + "}",
    frame("7", "", "v1.getGameState") + ',"params":{"world":"w_1"}}',
    frame("7", "", "v1.stream.subscribe") + ',"params":{"world":"w_1"}}',
    frame("7", "", "v1.toString") + TURN,
    frame("7", "", "v2.turn") + TURN,
    frame("null", "", "v1.turn") + TURN,
    `[${frame("7", "", "v1.turn")}${TURN}]`,
    `{"jsonrpc":"2.0","method":"v1.turn"${TURN}`,
    `{"id":7,"jsonrpc":"2.0","method":"v1.turn"${TURN}`,
    "",
  ];
  for (const text of long) assertEquals(turnAway(text, "en"), undefined, text);
  assertEquals(refused(), 0);
});

Deno.test("without load nothing is turned away, and what is turned away is a command by the full parser too", () => {
  const text = frame("7", "", "v1.turn") + TURN;

  assertEquals(scene(false).turnAway(text, "en"), undefined);
  const message = parseMessage(text);
  assert(message.type === "single" && message.entry.type === "call" && message.entry.method === "v1.turn");
});
