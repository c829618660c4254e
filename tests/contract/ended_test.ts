import { assert, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { createAudit, type LoggedCommand, RULES_HERE } from "../../engine/verify/mod.ts";
import { DamagedRecord } from "../../kv/ports.ts";
import type { JsonRecord } from "../kit/client.ts";
import { chanceOf, playEvening } from "./evening.ts";
import { type Guest, type House, openHouse, URL_OF_HOUSE } from "./house.ts";
import { codeOf, layTable, recordOf, resultOf, type Table } from "./table.ts";

/** A house in which everything answered is kept as text. */
function overheard() {
  const heard: string[] = [];
  const house = openHouse({ seed: 11 });
  const wrap = (guest: Guest): Guest => {
    const noting = <A extends unknown[], R>(ask: (...args: A) => Promise<R>) => async (...args: A) => {
      const reply = await ask(...args);
      heard.push(JSON.stringify(reply));
      return reply;
    };
    return { ...guest, call: noting(guest.call), command: noting(guest.command), own: noting(guest.own) };
  };
  const listening: House = { ...house, guest: async (name) => wrap(await house.guest(name)) };
  return { house: listening, heard };
}

async function end({ leader, world }: Table): Promise<JsonRecord> {
  return resultOf(await leader.command("world.end", world, { name: "Ash Hollow" }));
}

/** The whole log, page by page. */
async function logOf(guest: Guest, world: string, limit: number): Promise<readonly LoggedCommand[]> {
  const entries: LoggedCommand[] = [];
  for (;;) {
    const page = resultOf(await guest.call("world.log", { world, after: entries.length, limit }));
    const next = page["entries"] as unknown as readonly LoggedCommand[];
    assert(next.length <= limit);
    if (next.length === 0) return entries;
    entries.push(...next);
  }
}

Deno.test("a world that has ended shows its seed, stays readable, takes no command and sends everybody home", async () => {
  const { house, heard } = overheard();
  const table = await layTable(house);
  const { leader, member, stranger, world, invite } = table;
  await playEvening(table, { commands: 60, chance: chanceOf(5), nonsense: 0.3 });
  const before = resultOf(await member.call("getGameState", { world }));
  for (const page of ["metrics", "health", "openrpc.json"]) {
    heard.push(await (await house.fetch(new Request(`${URL_OF_HOUSE}/${page}`))).text());
  }
  const secret = [...heard, ...house.log].join("\n");

  const { seed, seedHash, seq } = await end(table);

  assertEquals(createHash("sha256").update(String(seed)).digest("hex"), seedHash);
  assert(secret.includes(String(seedHash)) && !secret.includes(String(seed)), "the hash was told, the seed was not");
  const after = resultOf(await member.call("getGameState", { world }));
  const { seed: shown, endedAt } = recordOf(recordOf(after["view"])["world"]);
  assertEquals([shown, typeof endedAt], [seed, "number"]);
  assertEquals(recordOf(recordOf(before["view"])["world"])["seed"], undefined);
  const missed = resultOf(
    await member.call("events.list", { world, epoch: after["epoch"], afterSeq: Number(seq) - 1 }),
  );
  assert(JSON.stringify(missed["messages"]).includes(`"type":"WorldEnded"`));
  assertEquals(resultOf(await member.call("getOptions", { world }))["options"], []);
  const [row] = resultOf(await member.call("world.list"))["worlds"] as unknown as JsonRecord[];
  assertEquals([row?.["seed"], row?.["endedAt"]], [seed, endedAt]);
  for (const guest of [leader, member]) {
    const characters = resultOf(await guest.call("roster.list"))["characters"] as unknown as JsonRecord[];
    assertEquals(characters.map(({ away }) => away), [null, null, null]);
  }
  assertEquals(codeOf(await member.command("talk.say", world, { text: "Well played" })), "world/ended");
  assertEquals(codeOf(await stranger.command("joinGame", world, { invite })), "world/ended");
  assertEquals(codeOf(await member.command("leaveGame", world)), "ok");
  assertEquals(codeOf(await member.call("world.log", { world })), "world/unknown");
  await house.close();
});

Deno.test("the log of an ended world proves its dice, in pages of any size, and names no account, session or request", async () => {
  const house = openHouse({ seed: 12 });
  const table = await layTable(house);
  const { leader, member, world } = table;
  await playEvening(table, { commands: 150, chance: chanceOf(6), nonsense: 0.1 });
  await end(table);

  const entries = await logOf(member, world, 200);
  const audit = createAudit(RULES_HERE, world);
  for (const entry of entries) audit.add(entry);
  const { proven, rolls, difference } = audit.report();

  assertEquals([proven, difference], [entries.length, undefined]);
  assert(rolls > 10 && entries.length > 50, `${rolls} rolls in ${entries.length} entries`);
  assertEquals(await logOf(leader, world, 3), entries);
  const text = JSON.stringify(entries);
  for (const secret of [leader.account, member.account, leader.token, "session", "receipt", `"rid"`]) {
    assert(!text.includes(secret), secret);
  }
  const first = resultOf(await member.call("world.log", { world, after: entries.length }));
  assertEquals([first["entries"], first["head"]], [[], entries.length]);
  await house.close();
});

Deno.test("a log with a damaged entry is refused as damaged, and the world stays readable", async () => {
  let damaged = false;
  const house = openHouse({
    store: (store) => ({
      ...store,
      async readEntries(world, from, to) {
        if (damaged) throw new DamagedRecord(`w/${world}/ev/${from}`, "it is damaged");
        return await store.readEntries(world, from, to);
      },
    }),
  });
  const table = await layTable(house);
  await end(table);
  damaged = true;

  assertEquals(codeOf(await table.member.call("world.log", { world: table.world })), "world/quarantined");
  assertEquals(codeOf(await table.member.call("getGameState", { world: table.world })), "ok");
  await house.close();
});
