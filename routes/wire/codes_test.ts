import { assert, assertEquals } from "@std/assert";
import { RULE_CODES } from "../../engine/types/rejection.ts";
import { HOST_CODES } from "../../host/api.ts";
import { readMessages } from "../assets.ts";
import { ALL_CODES, CODES, rowOf } from "./codes.ts";
import { createMessages } from "./messages.ts";

Deno.test("the table has a row for every code of the rules and of the host", () => {
  const missing = [...RULE_CODES, ...HOST_CODES].filter((code) => !CODES.has(code));

  assertEquals(missing, []);
});

Deno.test("no number is given twice", () => {
  const numbers = ALL_CODES.map((code) => rowOf(code).number);

  assertEquals(new Set(numbers).size, numbers.length);
});

Deno.test("codes of the rules stand in the range of their area", () => {
  const ranges = { turn: 41, move: 42, combat: 43, magic: 44, item: 45, quest: 46, character: 47, talk: 48 };
  for (const code of RULE_CODES) {
    const area = code.split("/")[0] ?? "";
    if (area === "world") continue;
    assertEquals(Math.floor(rowOf(code).number / 100), Object.entries(ranges).find(([name]) => name === area)?.[1]);
  }
  assertEquals(rowOf("turn/not_yours").number, 4101);
});

Deno.test("every code has a message and a hint, and no message is without a code", () => {
  const sources = readMessages();
  const messages = createMessages(sources);
  for (const code of ALL_CODES) {
    const { message, hint } = messages.of({ code }, "en");
    assert(messages.has(code), `${code} has no message`);
    assert(message.length > 3 && message !== code, `${code} says ${message}`);
    assert(hint.length > 3 && hint !== code, `${code} has the hint ${hint}`);
  }
  for (const [lang, ftl] of sources) {
    const ids = [...ftl.matchAll(/^([a-z]+-[a-z_]+) =/gm)].map((match) => match[1]?.replace("-", "/"));
    assertEquals(ids.filter((id) => !ALL_CODES.some((code) => code === id)), [], `${lang} has messages without a code`);
  }
});

Deno.test("a message takes its numbers from the details", () => {
  const messages = createMessages([["en", "turn-not_yours = { $name } acts now\n    .hint = Wait\n"]]);

  const words = messages.of({ code: "turn/not_yours", details: { name: "Brianna" } }, "en");

  assertEquals(words, { message: "Brianna acts now", hint: "Wait", lang: "en" });
});
