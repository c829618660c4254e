import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import { faultyStore } from "./faulty_store_fixture.ts";
import { command, guest, newWorld, refusalOf, resultOf, testHost } from "./host_fixture.ts";

Deno.test("by the return key another session of the account sees the same world, also after a restart", async () => {
  const store = memoryStore();
  const first = testHost({ store });
  const ada = await guest(first.host);
  const world = await newWorld(first.host, ada);
  resultOf(await first.host.submit(ada, command(world, 1)));
  const { key } = resultOf(await first.host.returnKey(ada));
  const before = resultOf(await first.host.view(ada, world, "party"));
  await first.host.stop();

  const { host } = testHost({ store });
  const typed = ` ${key.toLowerCase().replaceAll("-", " ")} `;
  const { caller, token } = resultOf(await host.comeBack({ key: typed, lang: "de" }));
  const after = resultOf(await host.view(caller, world, "party"));
  const found = await host.authenticate(token);
  await host.stop();

  assertEquals([caller.account, caller.name, caller.lang], [ada.account, ada.name, "de"]);
  assert(caller.session !== ada.session);
  assertEquals(found, caller);
  assertEquals([after.seq, after.seat, after.view], [before.seq, before.seat, before.view]);
});

Deno.test("the session that was there stays, and each counts its own commands", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const one = resultOf(await host.submit(ada, command(world, 1)));
  const { key } = resultOf(await host.returnKey(ada));

  const { caller } = resultOf(await host.comeBack({ key, lang: "en" }));
  const two = resultOf(await host.submit(caller, command(world, 1)));
  const again = resultOf(await host.submit(ada, command(world, 1)));
  const next = await host.submit(ada, command(world, 2));
  await host.stop();

  assertEquals(two["seq"], Number(one["seq"]) + 1);
  assertEquals(again, one);
  assert(next.ok);
});

Deno.test("a new return key ends the one before it; sessions opened by that one stay", async () => {
  const { host, store } = testHost();
  const ada = await guest(host);
  const old = resultOf(await host.returnKey(ada)).key;
  const { token } = resultOf(await host.comeBack({ key: old, lang: "en" }));

  const { key } = resultOf(await host.returnKey(ada));

  assert(key !== old);
  assertEquals(refusalOf(await host.comeBack({ key: old, lang: "en" })).code, "auth/wrong_credentials");
  assert((await host.comeBack({ key, lang: "en" })).ok);
  assert(await host.authenticate(token) !== undefined);
  const record = (await store.readAccount(ada.account))?.value;
  assertEquals(JSON.stringify(record).includes(key), false, "the key itself is not stored");
  await host.stop();
});

Deno.test("a return key nobody has, or that can be none, opens nothing", async () => {
  const { host } = testHost();
  await guest(host);

  for (const key of ["0000-0000-0000-0000-0000-0000-0000", "hello", "-"]) {
    assertEquals(refusalOf(await host.comeBack({ key, lang: "en" })).code, "auth/wrong_credentials");
  }
  await host.stop();
});

Deno.test("a return and a new key at the same moment happen one after the other", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const { key } = resultOf(await host.returnKey(ada));

  const [made, back] = await Promise.all([host.returnKey(ada), host.comeBack({ key, lang: "en" })]);
  const late = await host.comeBack({ key, lang: "en" });
  await host.stop();

  assert(made.ok);
  if (!back.ok) assertEquals(back.refusal.code, "auth/wrong_credentials");
  assertEquals(refusalOf(late).code, "auth/wrong_credentials");
});

Deno.test("a return key the store refuses leaves the one before it good", async () => {
  let refusing = false;
  const { store } = faultyStore(memoryStore(), () => refusing ? "refuse" : undefined);
  const { host } = testHost({ store });
  const ada = await guest(host);
  const { key } = resultOf(await host.returnKey(ada));

  refusing = true;
  const refused = refusalOf(await host.returnKey(ada));
  refusing = false;

  assertEquals(refused.code, "server/read_only");
  assertEquals((await store.readAccount(ada.account))?.value.returnKey !== undefined, true);
  await host.stop();
  const next = testHost({ store });
  assert((await next.host.comeBack({ key, lang: "en" })).ok);
  await next.host.stop();
});
