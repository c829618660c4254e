import { assert, assertEquals } from "@std/assert";
import { hashOf } from "../../engine/view/hash.ts";
import { METHODS } from "../../routes/rpc/registry.ts";

const page = await Deno.readTextFile(new URL("../../docs/PROTOCOL.md", import.meta.url));

Deno.test("the test vectors of docs/PROTOCOL.md are those of the structural hash", () => {
  const rows = [...page.matchAll(/^\| `(.+)` +\| `([0-9a-f]{16})` +\|$/gm)];

  assert(rows.length >= 10);
  for (const [, value = "", hash] of rows) assertEquals(hashOf(JSON.parse(value)), hash, value);
});

Deno.test("docs/PROTOCOL.md names only methods there are", () => {
  const known = new Set<string>(METHODS.map(({ name }) => name));
  const families = new Set([...known].filter((name) => name.includes(".")).map((name) => name.split(".")[0]));

  const named = [...page.matchAll(/`([a-z]+\.[a-zA-Z]+)/g)].map((match) => match[1] ?? "")
    .filter((name) => families.has(name.split(".")[0]));

  const notices = ["stream.message", "stream.resumed", "server.goingAway"];
  assertEquals(named.filter((name) => !known.has(name) && !notices.includes(name)), []);
});
