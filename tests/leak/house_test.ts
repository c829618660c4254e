import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../../kv/memory_store.ts";
import { hashOf } from "../../host/session.ts";
import { chanceOf, playEvening } from "../contract/evening.ts";
import { type Guest, type House, openHouse, URL_OF_HOUSE } from "../contract/house.ts";
import { layTable, recordOf, resultOf } from "../contract/table.ts";

const EVENINGS = 3;
const WHISPER = "HUSHtalk";

async function page(house: House, path: string): Promise<string> {
  return await (await house.fetch(new Request(`${URL_OF_HOUSE}${path}`))).text();
}

Deno.test("no seed, token, return key, invite or talk is in what others are answered, in logs, metrics or pages", async () => {
  for (let number = 0; number < EVENINGS; number += 1) {
    const store = memoryStore();
    const heard = new Map<string, string[]>();
    const hearing = (token: string, text: string) => void heard.set(token, [...heard.get(token) ?? [], text]);
    const env = { GOLDBOX_LOG_LEVEL: "debug" };
    const house = openHouse({ seed: 90 + number, verbose: true, env, store: () => store, hear: hearing });
    const table = await layTable(house);
    const { leader, member, stranger, world, invite } = table;
    const { key } = resultOf(await leader.call("session.returnKey"));
    const hear = (guest: Guest) => (heard.get(guest.token) ?? []).join("\n");
    resultOf(await leader.command("talk.say", world, { text: WHISPER }));
    await playEvening(table, { commands: 120, chance: chanceOf(number), nonsense: 0.4 });
    for (const guest of [member, stranger]) {
      await guest.call("getGameState", { world });
      await guest.call("events.list", { world, audience: "party.talk" });
      await guest.call("world.invite", { world });
      await guest.call("roster.list");
    }
    const [created] = await store.readEntries(world, 1, 1);
    const seed = String(recordOf(created?.command)["seed"]);
    const open = [
      house.log.join("\n"),
      ...await Promise.all(["/metrics", "/health", "/openrpc.json"].map((path) => page(house, path))),
    ];
    await house.close();

    const tokens = [leader, member, stranger].map(({ token }) => token);
    const secrets = [seed, String(key), ...tokens, ...tokens.map(hashOf)];
    const found = (texts: readonly string[], what: readonly string[]) =>
      what.filter((one) => texts.some((text) => text.includes(one)));
    assertEquals(seed.length, 32);
    assertEquals(found(open, [...secrets, invite, WHISPER]), [], "in logs, metrics and pages");
    assertEquals(found([hear(member)], secrets), [], "in what the member was told");
    assertEquals(found([hear(leader)], secrets), [String(key)], "in what the leader was told after signing in");
    assertEquals(
      found([hear(stranger)], [...secrets, invite, WHISPER, leader.account, "Ash Hollow"]),
      [],
      "in what the stranger was told",
    );
    assert(house.log.length > 100 && hear(stranger).includes("world/unknown"), `${house.log.length} lines logged`);
  }
});
