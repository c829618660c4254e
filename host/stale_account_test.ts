import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import { accountCommand, command, guest, newWorld, refusalOf, resultOf, testHost } from "./host_fixture.ts";

Deno.test("an account that was written to behind its back is read anew, not refused for ever", async () => {
  const store = memoryStore();
  const { host } = testHost({ store });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  // As a write does that was given up as hanging, and came through after all.
  const found = await store.readAccount(ada.account);
  assert(found !== undefined);
  const head = { ...found.value, n: found.value.n + 1 };
  const owner = { type: "account", id: ada.account } as const;
  const late = await store.commit({ id: "late", subjects: [{ owner, stamp: found.stamp, head }], changes: [] });
  const first = await host.submitAccount(ada, accountCommand(2, { type: "RollScores" }));
  const again = await host.submitAccount(ada, accountCommand(2, { type: "RollScores" }));
  const played = await host.submit(ada, command(world, 1));
  await host.stop();

  assert(late.ok);
  assertEquals(refusalOf(first).code, "server/read_only");
  assertEquals([resultOf(again)["cseq"], resultOf(played)["cseq"]], [2, 1]);
});

Deno.test("a seat can be taken and left by an account that was written to behind its back", async () => {
  const store = memoryStore();
  const { host } = testHost({ store });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  const found = await store.readAccount(ada.account);
  assert(found !== undefined);
  const head = { ...found.value, n: found.value.n + 1 };
  const owner = { type: "account", id: ada.account } as const;
  await store.commit({ id: "late", subjects: [{ owner, stamp: found.stamp, head }], changes: [] });
  const leave = command(world, 1, { type: "LeaveGame" });
  const first = await host.submit(ada, leave);
  const again = await host.submit(ada, leave);
  await host.stop();

  assertEquals(refusalOf(first).code, "server/busy");
  assertEquals(resultOf(again)["cseq"], 1);
});
