import { assert, assertEquals } from "@std/assert";
import { readMessages } from "../assets.ts";
import { createMessages } from "../wire/messages.ts";
import { NOTIFICATIONS } from "./notifications.ts";
import { describeServer, wireName } from "./openrpc.ts";
import { METHODS } from "./registry.ts";

const description = describeServer("0.0.0", createMessages(readMessages()));
const described = Array.isArray(description["methods"]) ? description["methods"] : [];

Deno.test("describeServer() names each method and notification once", () => {
  const names = described.map(({ name }) => name);

  const expected = [...METHODS.map(wireName), ...NOTIFICATIONS.map(({ name, since }) => `v${since}.${name}`)];
  assertEquals(names, expected);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("describeServer() gives every parameter a schema and marks those that are required", () => {
  const attack = described.find(({ name }) => name === "v1.attack");

  const params: { name: string; required: boolean; schema: object }[] = attack.params;
  assertEquals(params.filter(({ required }) => required).map(({ name }) => name).toSorted(), [
    "character",
    "cseq",
    "target",
    "world",
  ]);
  for (const { name, schema } of params) assert(Object.keys(schema).length > 0, `${name} has no schema`);
});
