import { assert, assertEquals } from "@std/assert";
import type { Store } from "../../kv/ports.ts";
import { openHouse } from "./house.ts";
import { codeOf, resultOf } from "./table.ts";

/** A store whose commits wait until they are let go. */
function heldStore() {
  let gate: Promise<void> | undefined;
  return {
    hold() {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return () => {
        gate = undefined;
        held.resolve();
      };
    },
    wrap: (store: Store): Store => ({
      ...store,
      async commit(pack) {
        await gate;
        return await store.commit(pack);
      },
    }),
  };
}

async function ownWorld(house: ReturnType<typeof openHouse>) {
  const guest = await house.guest("Ada");
  const made = resultOf(await guest.own("world.create", { name: "Ash Hollow" }));
  const world = String(made["world"]);
  resultOf(await guest.command("joinGame", world, { invite: String(made["invite"]).split("/").at(-1) }));
  return { guest, world };
}

Deno.test("a command asked again while it is being stored is in flight, and answered once it is stored", async () => {
  const store = heldStore();
  const house = openHouse({ store: store.wrap });
  const { guest, world } = await ownWorld(house);
  const say = { world, cseq: 2, text: "Hello" };

  const release = store.hold();
  const first = guest.call("talk.say", say);
  const again = await guest.call("talk.say", say);
  release();
  const answer = await first;

  assertEquals(codeOf(again), "command/in_flight");
  assertEquals(codeOf(answer), "ok");
  assertEquals(await guest.call("talk.say", say), answer);
  await house.close();
});

Deno.test("a receipt too old to be kept is gone, one among the last 64 is not", async () => {
  const house = openHouse();
  const { guest, world } = await ownWorld(house);
  const first = resultOf(await guest.command("talk.say", world, { text: "1" }));
  for (let count = 2; count <= 70; count++) resultOf(await guest.command("talk.say", world, { text: String(count) }));

  const old = await guest.call("talk.say", { world, cseq: first["cseq"], text: "1" });
  const recent = await guest.call("talk.say", { world, cseq: 60, text: "59" });

  assertEquals(codeOf(old), "command/receipt_gone");
  assertEquals(codeOf(recent), "ok");
  await house.close();
});

Deno.test("a store that fails is answered as unavailable, with when to ask again, and nothing is lost", async () => {
  let failing = false;
  const house = openHouse({
    store: (store) => ({
      ...store,
      commit: (pack) => failing ? Promise.reject(new Error("the disk went away")) : store.commit(pack),
      probe: () => failing ? Promise.reject(new Error("the disk went away")) : store.probe(),
    }),
  });
  const { guest, world } = await ownWorld(house);
  const before = resultOf(await guest.call("getGameState", { world, audience: "party.talk" }));

  failing = true;
  let waiting = true;
  const asked = guest.call("talk.say", { world, cseq: 2, text: "Hello" }).finally(() => waiting = false);
  while (waiting) {
    house.clock.advance();
    await new Promise((resolve) => setTimeout(resolve));
  }
  const refused = await asked;

  assert(["server/store_unavailable", "server/read_only", "rpc/deadline"].includes(codeOf(refused)), codeOf(refused));
  assertEquals(refused.ok ? "" : refused.data["retry"], "same");
  failing = false;
  for (let time = 0; time < 50; time++) {
    house.clock.advance();
    await new Promise((resolve) => setTimeout(resolve));
  }
  const again = await guest.call("talk.say", { world, cseq: 2, text: "Hello" });
  assertEquals(codeOf(again), "ok");
  const after = resultOf(await guest.call("getGameState", { world, audience: "party.talk" }));
  assertEquals(Number(after["seq"]), Number(before["seq"]) + 1);
  await house.close();
});
