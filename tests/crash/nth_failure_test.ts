import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../../kv/memory_store.ts";
import { scenario } from "./nth/scenario.ts";
import { sweepNth } from "./nth/sweep.ts";

for (const kind of ["store", "network"] as const) {
  Deno.test(`whichever call of the ${kind} fails, before or after: nothing acknowledged is lost or doubled, no stream has a hole`, async () => {
    const report = await sweepNth(kind);

    assertEquals(report.broken, []);
    assert(report.commands >= 50 && report.calls > 100, JSON.stringify(report));
  });
}

Deno.test("the scenario finds a store that says it has written what it has not", async () => {
  const store = memoryStore();
  let commits = 0;
  const lying = {
    ...store,
    commit: (pack: Parameters<typeof store.commit>[0]) => {
      commits += 1;
      return commits === 30
        ? Promise.resolve({ ok: true, stamp: "00000000000000000000" } as const)
        : store.commit(pack);
    },
  };

  const found = await scenario(undefined, lying).then(({ broken }) => broken, (error) => [String(error)]);

  assert(found.length > 0);
});
