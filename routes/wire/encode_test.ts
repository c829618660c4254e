import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ALL_CODES } from "./codes.ts";
import { encodeError, encodeResult, errorOf } from "./encode.ts";

const ids = fc.oneof(fc.constant(null), fc.string({ maxLength: 128 }), fc.maxSafeInteger(), fc.constant(1.5));

Deno.test("encodeResult() and encodeError() write exactly one of result and error, and echo the id", () => {
  fc.assert(fc.property(ids, fc.jsonValue(), fc.constantFrom(...ALL_CODES), fc.string(), (id, result, code, text) => {
    const good = JSON.parse(encodeResult(id, result));
    assertEquals(Object.keys(good), ["jsonrpc", "id", "result"]);
    assertEquals(good.id, id);
    assertEquals(good.result, JSON.parse(JSON.stringify(result)));

    const error = errorOf({ code, details: { text } }, { message: text, hint: text, lang: "en", rid: "r-12345678" });
    const bad = JSON.parse(encodeError(id, error));
    assertEquals(Object.keys(bad), ["jsonrpc", "id", "error"]);
    assertEquals(bad.id, id);
    assertEquals(bad.error.data.code, code);
  }));
});

Deno.test("encodeResult() answers null for a method that returns nothing", () => {
  assertEquals(encodeResult(1, undefined), `{"jsonrpc":"2.0","id":1,"result":null}`);
});
