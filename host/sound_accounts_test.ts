import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Key } from "../kv/cells.ts";
import { characterKey, headKey, receiptKey, seatKey } from "../kv/keys.ts";
import { memoryCells } from "../kv/memory_cells.ts";
import { createStore } from "../kv/store.ts";
import {
  accountCommand,
  command,
  guest,
  joinCommand,
  newWorld,
  refusalOf,
  resultOf,
  testHost,
} from "./host_fixture.ts";
import { AccountDamaged } from "./sound_accounts.ts";

/** A value whose checksum is another one. */
const SPOILT = new Uint8Array([1, 9, 9, 9, 9, 123]);
const roll = accountCommand(2, { type: "RollScores" });

/** Ada with a world and Ben, after a restart; then one of Ada's records is spoilt. */
async function scene(key: (account: string, session: string, world: string) => Key) {
  const cells = memoryCells();
  const store = createStore(cells);
  const { host: first } = testHost({ store });
  const [ada, ben] = [await guest(first), await guest(first, "Ben")];
  const world = await newWorld(first, ada);
  const { key: returnKey } = resultOf(await first.returnKey(ada));
  await first.stop();
  const spoilt = key(ada.account, ada.session, world);
  await cells.commit([], [{ key: spoilt, value: SPOILT }]);
  const logged: string[] = [];
  const { host, deps } = testHost({ store, deps: { log: (_level, event) => void logged.push(event) } });
  return { cells, host, deps, ada, ben, world, spoilt, logged, returnKey };
}

Deno.test("a damaged receipt of an account is answered as such, counted once, and written over by nothing", async () => {
  const { cells, host, deps, ada, ben, world, spoilt, logged } = await scene((id, session) =>
    receiptKey({ type: "account", id }, session, 0, 1)
  );

  const refused = [await host.submitAccount(ada, roll), await host.submitAccount(ada, roll), await host.roster(ada)];
  const own = await host.submit(ada, command(world, 1));
  const other = await host.submitAccount(ben, { ...roll, cseq: 1 });
  const { status, checks } = host.status();
  await host.stop();

  assertEquals(refused.map((answer) => refusalOf(answer).code), Array(3).fill("account/damaged"));
  assert(own.ok && other.ok, "worlds and other accounts play on");
  const check = checks.find(({ name }) => name === "accounts");
  assertEquals([status, check?.status, check?.note], ["degraded", "warn", "1 damaged"]);
  assertEquals(logged.filter((event) => event === "account damaged").length, 1);
  assert(/accounts_damaged 1\n/.test(await deps.metrics.registry.metrics()));
  assertEquals((await cells.get(spoilt))?.value, SPOILT);
});

Deno.test("a damaged record or character stops what needs it, and no more", async () => {
  const record = await scene((id) => headKey({ type: "account", id }));
  const character = await scene((id) => characterKey(id, "c_1"));

  const { host, ada, world, returnKey } = record;
  const invite = { invite: "none" };
  const answers = [
    await host.submitAccount(ada, roll),
    await host.returnKey(ada),
    await host.comeBack({ key: returnKey, lang: "en" }),
    await host.submit(ada, joinCommand(world, 1, invite)),
    await character.host.roster(character.ada),
    await character.host.submit(character.ada, joinCommand(character.world, 1, invite)),
  ];
  const rolled = await character.host.submitAccount(character.ada, roll);
  await host.stop();
  await character.host.stop();

  assertEquals(answers.map((answer) => refusalOf(answer).code), Array(6).fill("account/damaged"));
  assert(rolled.ok);
});

Deno.test("where a seat is damaged the list of worlds says so, and the world itself is played", async () => {
  const { host, ada, world } = await scene((id, _session, world) => seatKey(id, world));

  await assertRejects(() => host.worlds(ada), AccountDamaged);
  const played = await host.submit(ada, command(world, 1));
  await host.stop();

  assert(played.ok);
  assertEquals(host.status().checks.find(({ name }) => name === "accounts")?.note, "1 damaged");
});
