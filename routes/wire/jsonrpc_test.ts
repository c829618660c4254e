import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseMessage, parseParams } from "./jsonrpc.ts";

const CALL = `"jsonrpc":"2.0","method":"ping"`;
const BAD_ID = { type: "invalid", id: null, fault: "id" };

const REFUSED: readonly (readonly [what: string, text: string, code: string, fault: string])[] = [
  ["an empty text", "", "rpc/parse_error", "notJson"],
  ["broken JSON", `{"jsonrpc":`, "rpc/parse_error", "notJson"],
  ["broken JSON in a batch", `[{${CALL},"id":1},{"x":]`, "rpc/parse_error", "notJson"],
  ["an empty batch", "[]", "rpc/invalid_request", "emptyBatch"],
  ["a number", "1", "rpc/invalid_request", "notAnObject"],
  ["a text", `"x"`, "rpc/invalid_request", "notAnObject"],
  ["null", "null", "rpc/invalid_request", "notAnObject"],
  ["true", "true", "rpc/invalid_request", "notAnObject"],
  ["21 entries", `[${Array(21).fill("1").join(",")}]`, "rpc/invalid_request", "batchTooLong"],
  ["17 levels", `${"[".repeat(17)}${"]".repeat(17)}`, "rpc/invalid_request", "tooDeep"],
  ["a million levels", "[".repeat(1_000_000), "rpc/invalid_request", "tooDeep"],
];

for (const [what, text, code, fault] of REFUSED) {
  Deno.test(`parseMessage() refuses ${what} as a whole`, () => {
    const message = parseMessage(text);

    assertEquals<unknown>(message, { type: "refused", code, fault });
  });
}

const ENTRIES: readonly (readonly [what: string, text: string, expected: object])[] = [
  ["an id of text", `{${CALL},"id":"1"}`, { type: "call", id: "1" }],
  ["an id of a whole number", `{${CALL},"id":1}`, { type: "call", id: 1 }],
  ["an id of a fraction", `{${CALL},"id":1.5}`, { type: "call", id: 1.5 }],
  ["an id of null", `{${CALL},"id":null}`, { type: "call", id: null }],
  ["no id", `{${CALL}}`, { type: "notification", id: null }],
  ["an id of an object", `{${CALL},"id":{}}`, BAD_ID],
  ["an id of an array", `{${CALL},"id":[]}`, BAD_ID],
  ["an id of a boolean", `{${CALL},"id":true}`, BAD_ID],
  ["an infinite id", `{${CALL},"id":1e400}`, BAD_ID],
  ["an id beyond 2^53-1", `{${CALL},"id":9007199254740993}`, BAD_ID],
  ["an id of 129 characters", `{${CALL},"id":"${"x".repeat(129)}"}`, BAD_ID],
  ["version 1", `{"jsonrpc":"1.0","method":"ping","id":7}`, { type: "invalid", id: 7, fault: "version" }],
  ["no version and no id", `{"method":"ping"}`, { type: "invalid", id: null, fault: "version" }],
  ["no method", `{"jsonrpc":"2.0","id":7}`, { type: "invalid", id: 7, fault: "method" }],
  ["a method that is a number", `{"jsonrpc":"2.0","id":7,"method":1}`, { type: "invalid", id: 7, fault: "method" }],
  [
    "a method of 65 characters",
    `{"jsonrpc":"2.0","id":7,"method":"${"m".repeat(65)}"}`,
    { type: "invalid", id: 7, fault: "methodTooLong" },
  ],
  ["params of text", `{${CALL},"id":7,"params":"x"}`, { type: "invalid", id: 7, fault: "params" }],
  ["params of null", `{${CALL},"id":7,"params":null}`, { type: "invalid", id: 7, fault: "params" }],
  ["params of a number", `{${CALL},"id":7,"params":3}`, { type: "invalid", id: 7, fault: "params" }],
  ["params by position", `{${CALL},"id":7,"params":[1]}`, { type: "call", id: 7, params: undefined }],
  ["params of an empty array", `{${CALL},"id":7,"params":[]}`, { type: "call", id: 7, params: {} }],
  ["no params", `{${CALL},"id":7}`, { type: "call", id: 7, params: {} }],
  ["an unknown member", `{${CALL},"id":7,"colour":"red"}`, { type: "call", id: 7 }],
  ["a correlation id", `{${CALL},"id":7,"rid":"click-0006"}`, { type: "call", rid: "click-0006" }],
  ["a correlation id too short", `{${CALL},"id":7,"rid":"c"}`, { type: "call", rid: undefined }],
  ["__proto__ beside the method", `{${CALL},"id":7,"__proto__":{}}`, { type: "invalid", id: 7, fault: "proto" }],
  [
    "__proto__ deep in params",
    `{${CALL},"id":7,"params":{"a":[{"__proto__":1}]}}`,
    { type: "invalid", id: 7, fault: "proto" },
  ],
  [
    "__proto__ written with escapes",
    `{${CALL},"id":7,"params":{"\\u005f_proto__":1}}`,
    { type: "invalid", id: 7, fault: "proto" },
  ],
  ["the word __proto__ as a value", `{${CALL},"id":7,"params":{"a":"__proto__"}}`, { type: "call", id: 7 }],
];

for (const [what, text, expected] of ENTRIES) {
  Deno.test(`parseMessage() reads ${what}`, () => {
    const message = parseMessage(text);

    const entry: Readonly<Record<string, unknown>> = message.type === "single" ? { ...message.entry } : {};
    assertEquals<unknown>(Object.fromEntries(Object.keys(expected).map((key) => [key, entry[key]])), expected);
  });
}

Deno.test("parseMessage() reads [1,2,3] as three invalid entries", () => {
  const message = parseMessage("[1,2,3]");

  const one = { type: "invalid", id: null, fault: "notAnObject" } as const;
  assertEquals(message, { type: "batch", entries: [one, one, one] });
});

Deno.test("parseMessage() never throws, whatever comes", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), (text) => {
    parseMessage(text);
    parseParams(text);
  }));
});

Deno.test("parseParams() takes an empty body for no params and refuses what is no object", () => {
  assertEquals<unknown>(parseParams(" "), {});
  assertEquals(parseParams("[]"), "params");
  assertEquals(parseParams("{"), "notJson");
  assertEquals(parseParams(`{"__proto__":1}`), "proto");
});
