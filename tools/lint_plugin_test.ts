import { assertEquals } from "@std/assert";
import plugin from "./lint_plugin.ts";

/** Runs the plugin over a snippet that pretends to be a file of the repository; the ids of the rules that reported. */
function reported(path: string, source: string): string[] {
  const url = new URL(`../${path}`, import.meta.url);
  return [...new Set(Deno.lint.runPlugin(plugin, url.pathname, source).map((found) => found.id))];
}

const PURE = "rpg/pure-engine";
const DIRECTION = "rpg/direction";

const CASES: readonly { rule: string; path: string; reports: readonly string[]; passes: readonly string[] }[] = [
  {
    rule: PURE,
    path: "engine/combat/attack.ts",
    reports: [
      `Deno.exit(1);`,
      `await fetch("x");`,
      `setTimeout(f, 1);`,
      `setInterval(f, 1);`,
      `console.log(1);`,
      `const id = crypto.randomUUID();`,
      `const t = performance.now();`,
      `queueMicrotask(f);`,
      `globalThis.setTimeout(f, 1);`,
      `const x = Math.random();`,
      `const x = Math["random"]();`,
      `const { random } = Math;`,
      `const m = Math;`,
      `const t = Date.now();`,
      `const t = new Date();`,
      `const t = Date();`,
      `const t = Temporal.Now.instant();`,
      `const o = { fetch };`,
      `import { Hono } from "hono";`,
      `import { x } from "npm:x";`,
      `import { x } from "node:fs";`,
      `import { x } from "jsr:@std/x";`,
      `import { x } from "pure-rand-evil/x";`,
      `import { x } from "../../host/mod.ts";`,
      `import { x } from "../../kv/mod.ts";`,
      `export { x } from "hono";`,
      `export * from "../../routes/mod.ts";`,
      `const x = await import("hono");`,
      `const x = await import(name);`,
    ],
    passes: [
      `const o = { fetch: 1, console: 2 }; o.fetch; o.console;`,
      `const x = Math.max(1, 2); const y = Math["floor"](2);`,
      `const t = new Date(0);`,
      `type A = { performance: number; crypto: string };`,
      `import { uniformInt } from "pure-rand/distribution/uniformInt";`,
      `import { y } from "../types/ids.ts"; import { z } from "./z.ts";`,
      `export { y } from "../types/ids.ts";`,
      `class A { fetch() {} } new A().fetch();`,
    ],
  },
  {
    rule: "rpg/kv-only",
    path: "host/world.ts",
    reports: [
      `const kv = await Deno.openKv("x");`,
      `const kv = await Deno["openKv"]("x");`,
      `function f(kv: Deno.Kv) {}`,
      `let c: Deno.KvEntry<string>;`,
      `const { openKv } = Deno;`,
      `new Deno.KvU64(1n);`,
    ],
    passes: [
      `const text = await Deno.readTextFile("x");`,
      `const o = { openKv: 1 }; o.openKv;`,
      `const { env } = Deno;`,
    ],
  },
  {
    rule: "rpg/kv-ops",
    path: "kv/commit.ts",
    reports: [
      `kv.atomic().sum(key, 1n).commit();`,
      `kv.atomic().min(key, 1n);`,
      `kv.atomic().max(key, value);`,
      `kv.enqueue(x);`,
      `kv.atomic()["enqueue"](x);`,
    ],
    passes: [
      `kv.atomic().check(a).set(k, v).delete(k2).commit();`,
      `Math.max(a, b);`,
      `z.int().min(1).max(5, "no more");`,
    ],
  },
  {
    rule: "rpg/kv-keys",
    path: "kv/accounts.ts",
    reports: [
      `kv.set(["a", id], value);`,
      `kv.get(["a", id]);`,
      `kv.list({ prefix: ["a"] });`,
      `kv.atomic().check({ key: ["a", id], versionstamp: null });`,
      `kv.getMany([["a", id], other]);`,
      `const headKey = ["w", id];`,
    ],
    passes: [`kv.set(keys.account(id), value);`, `kv.list({ prefix: keys.accounts() });`, `const words = ["a", "b"];`],
  },
  {
    rule: DIRECTION,
    path: "web/app.tsx",
    reports: [
      `import { x } from "../host/mod.ts";`,
      `import type { X } from "../kv/ports.ts";`,
      `export { x } from "../routes/mod.ts";`,
      `const x = await import("../kv/mod.ts");`,
      `import { z } from "zod";`,
    ],
    passes: [
      `import type { View } from "../engine/types/view.ts";`,
      `import { render } from "preact"; import { useState } from "preact/hooks";`,
      `import { x } from "./x.ts";`,
    ],
  },
  {
    rule: DIRECTION,
    path: "routes/rpc/methods/attack.ts",
    reports: [`import { x } from "../../../kv/mod.ts";`, `import { step } from "../../../engine/core/step.ts";`],
    passes: [
      `import type { Host } from "../../../host/api.ts";`,
      `import { CLASSES } from "../../../engine/types/names.ts";`,
      `import { z } from "zod";`,
    ],
  },
  {
    rule: DIRECTION,
    path: "host/mailbox.ts",
    reports: [`import { openStore } from "../kv/mod.ts";`, `import { x } from "../routes/mod.ts";`],
    passes: [`import type { Store } from "../kv/ports.ts";`, `import { step } from "../engine/mod.ts";`],
  },
  {
    rule: DIRECTION,
    path: "kv/codec.ts",
    reports: [`import { x } from "../host/mod.ts";`, `import { step } from "../engine/mod.ts";`],
    passes: [`import type { WorldEvent } from "../engine/types/event.ts";`, `import { x } from "./x.ts";`],
  },
];

for (const { rule, path, reports, passes } of CASES) {
  for (const source of reports) {
    Deno.test(`${rule} reports in ${path}: ${source}`, () => {
      assertEquals(reported(path, source).filter((id) => id === rule), [rule]);
    });
  }
  for (const source of passes) {
    Deno.test(`${rule} passes in ${path}: ${source}`, () => {
      assertEquals(reported(path, source), []);
    });
  }
}

Deno.test("rpg/pure-engine leaves tests of the engine and tests/engine/ alone", () => {
  for (const path of ["engine/combat/attack_test.ts", "tests/engine/census.ts", "tools/engine/x.ts"]) {
    assertEquals(reported(path, `console.log(Math.random());`), []);
  }
});

Deno.test("rpg/kv-only leaves kv/ alone", () => {
  assertEquals(reported("kv/open.ts", `const kv = await Deno.openKv(path);`), []);
});

Deno.test("rpg/kv-keys leaves kv/keys.ts alone", () => {
  assertEquals(reported("kv/keys.ts", `const headKey = ["w", id];`), []);
});
