import { assert, assertEquals } from "@std/assert";
import { applyPatch } from "../engine/view/patch.ts";
import { hashOf } from "../engine/view/hash.ts";
import { memoryStore } from "../kv/memory_store.ts";
import { command, ear, guest, joinCommand, newWorld, refusalOf, resultOf, settle, testHost } from "./host_fixture.ts";

Deno.test("a command is stored, answered with its seq, and published afterwards", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const listener = ear();
  const subscribed = resultOf(await host.subscribe(ada, { world, audience: "party", lane: 0 }, listener));
  await settle();

  let messagesAtAnswer = -1;
  const answer = await host.submit(ada, command(world, 1)).then((given) => {
    messagesAtAnswer = listener.messages().length;
    return resultOf(given);
  });
  await settle();
  await host.stop();

  assertEquals(subscribed.mode, "snapshot");
  assertEquals(listener.frames.map(({ kind }) => kind), ["snapshot", "resumed", "message"]);
  assertEquals(messagesAtAnswer, 0);
  assertEquals(answer["seq"], subscribed.seq + 1);
  assertEquals(answer["events"], [{ type: "PurseChanged", by: 1, purse: 1, why: "loot" }, {
    type: "TimePassed",
    seconds: 6,
  }]);
  assertEquals(listener.messages()[0]?.["seq"], answer["seq"]);
});

Deno.test("snapshot and patches lead to the view whose hash each message carries", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const listener = ear();
  await host.subscribe(ada, { world, audience: "party", lane: 0 }, listener);
  for (let cseq = 1; cseq <= 5; cseq++) await host.submit(ada, command(world, cseq));
  await settle();
  await host.stop();

  const [snapshot] = listener.frames;
  assert(snapshot !== undefined);
  let view = JSON.parse(snapshot.text).params.view;
  for (const message of listener.messages()) {
    view = applyPatch(view, message["patch"] as unknown as Parameters<typeof applyPatch>[1]);
    assertEquals(hashOf(view), message["hash"]);
  }
  assertEquals(view.party.purse, 5);
});

Deno.test("what an audience may not know takes no number in its stream", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const party = ear("party");
  const talk = ear("talk");
  await host.subscribe(ada, { world, audience: "party", lane: 0 }, party);
  await host.subscribe(ada, { world, audience: "party.talk", lane: 0 }, talk);

  const before = resultOf(await host.submit(ada, command(world, 1)))["seq"];
  await host.submit(ada, command(world, 2, { type: "Turn", to: "left" }));
  await host.submit(ada, command(world, 3, { type: "Say", text: "Hello" }));
  const after = resultOf(await host.submit(ada, command(world, 4)))["seq"];
  await settle();
  await host.stop();

  assertEquals(Number(after), Number(before) + 1);
  assertEquals(party.messages().map(({ seq }) => seq), [before ?? 0, after ?? 0]);
  assertEquals(talk.messages().map(({ seq }) => seq), [1]);
});

Deno.test("a rejection writes nothing and is given again while the process remembers it", async () => {
  const { host, store } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await host.submit(ada, command(world, 1, { type: "Search", mode: "on" }));
  const n = (await store.readHead(world))?.value.n;

  const first = await host.submit(ada, command(world, 2));
  const again = await host.submit(ada, command(world, 2));
  const next = await host.submit(ada, command(world, 3, { type: "Search", mode: "off" }));
  await host.stop();

  assertEquals(refusalOf(first).code, "move/blocked");
  assertEquals(again, first);
  assert(next.ok);
  assertEquals((await store.readHead(world))?.value.n, Number(n) + 1);
});

Deno.test("a rejection decided on commands not yet durable is told after them, with what became true", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const order: string[] = [];

  const search = host.submit(ada, command(world, 1, { type: "Search", mode: "on" })).then(() => order.push("search"));
  const step = host.submit(ada, command(world, 2)).then((answer) => order.push(refusalOf(answer).code));
  await Promise.all([search, step]);
  await host.stop();

  assertEquals(order, ["search", "move/blocked"]);
});

Deno.test("a bug of the rules answers server/internal, changes nothing and leaves the number usable", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const bug = command(world, 1, { type: "Light", character: "c" as never, item: null });

  assertEquals(refusalOf(await host.submit(ada, bug)).code, "server/internal");
  assertEquals(refusalOf(await host.submit(ada, bug)).code, "server/internal");
  assert((await host.submit(ada, command(world, 1))).ok);
  await host.stop();
});

Deno.test("a world one may not see answers as one that does not exist", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const eve = await guest(host, "Eve");
  const world = await newWorld(host, ada);
  const nowhere = "w_nowhere" as typeof world;

  for (const id of [world, nowhere]) {
    assertEquals(refusalOf(await host.submit(eve, command(id, 1))).code, "world/unknown");
    assertEquals(refusalOf(await host.submit(eve, joinCommand(id, 2, { invite: "guess" }))).code, "world/unknown");
    assertEquals(refusalOf(await host.view(eve, id, "party")).code, "world/unknown");
    assertEquals(refusalOf(await host.invite(eve, id)).code, "world/unknown");
    const subscribed = await host.subscribe(eve, { world: id, audience: "party", lane: 0 }, ear());
    assertEquals(refusalOf(subscribed).code, "world/unknown");
  }
  await host.stop();
});

Deno.test("epoch and expectSeq refuse a command made on another history or an older sight", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const { epoch, seq } = resultOf(await host.submit(ada, command(world, 1))) as { epoch: number; seq: number };

  const otherEpoch = await host.submit(ada, command(world, 2, undefined, { epoch: epoch + 1 }));
  const fresh = await host.submit(ada, command(world, 3, undefined, { epoch, expectSeq: seq }));
  const stale = await host.submit(ada, command(world, 4, undefined, { epoch, expectSeq: seq }));
  const ahead = await host.submit(ada, command(world, 5, undefined, { expectSeq: seq + 9 }));
  await host.stop();

  assertEquals(refusalOf(otherEpoch).code, "command/other_epoch");
  assert(fresh.ok);
  assertEquals(refusalOf(stale).code, "command/stale");
  assertEquals(refusalOf(ahead).code, "command/stale");
});

Deno.test("after a restart everything is exactly where it was, and receipts still answer", async () => {
  const store = memoryStore();
  const first = testHost({ store });
  const ada = await guest(first.host);
  const world = await newWorld(first.host, ada);
  const answers = [];
  for (let cseq = 1; cseq <= 7; cseq++) answers.push(await first.host.submit(ada, command(world, cseq)));
  const before = resultOf(await first.host.view(ada, world, "party"));
  // No stop: as after SIGKILL.

  const second = testHost({ store });
  const after = resultOf(await second.host.view(ada, world, "party"));
  const again = await second.host.submit(ada, command(world, 7));
  const next = await second.host.submit(ada, command(world, 8));
  await second.host.stop();
  await first.host.stop();

  assertEquals(after, before);
  assertEquals(again, answers[6]);
  assertEquals(resultOf(next)["seq"], Number(before.seq) + 1);
});

Deno.test("characters go into a world with their player, cannot be in two, and come home", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const intent = {
    type: "CreateCharacter",
    name: "Aldric",
    class: "fighter",
    lineage: "human",
    background: "sailor",
    method: "standard",
  } as const;
  const { character } = resultOf(
    await host.submitAccount(ada, { cseq: 1, lane: 0, rid: "r", method: "createCharacter", params: {}, ask: intent }),
  ) as { character: { id: never } };
  const world = await newWorld(host, ada, 2);
  const other = await newWorld(host, ada, 3);

  const joined = await host.submit(ada, joinCommand(world, 1, { characters: [character.id] }));
  const twice = await host.submit(ada, joinCommand(other, 1, { characters: [character.id] }));
  const away = resultOf(await host.roster(ada)).characters[0];
  const left = await host.submit(ada, { ...command(world, 2, { type: "LeaveGame" }) });
  const home = resultOf(await host.roster(ada)).characters[0];
  const seats = await host.worlds(ada);
  await host.stop();
  await settle();

  assert(joined.ok && left.ok);
  assertEquals(refusalOf(twice).code, "character/away");
  assertEquals(away?.["away"], world);
  assertEquals(home?.["away"], null);
  assertEquals(seats.map((summary) => summary.world), [other]);
});

Deno.test("an invite seats a second player, whose stream ends when they leave", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const bob = await guest(host, "Bob");
  const world = await newWorld(host, ada);
  const { invite } = resultOf(await host.invite(ada, world));

  assert((await host.submit(bob, joinCommand(world, 1, { invite }))).ok);
  const listener = ear("bob");
  await host.subscribe(bob, { world, audience: "party", lane: 0 }, listener);
  await settle();
  assertEquals(host.heads("bob").length, 1);
  assert((await host.submit(bob, command(world, 2, { type: "LeaveGame" }))).ok);
  await settle();
  await host.stop();

  assertEquals(listener.ended.map(({ code }) => code), ["world/unknown"]);
  assertEquals(host.heads("bob"), []);
});

Deno.test("accounts roll at most four sets of scores, and account commands have receipts too", async () => {
  const { host } = testHost();
  const ada = await guest(host);
  const roll = (cseq: number) =>
    host.submitAccount(ada, {
      cseq,
      lane: 0,
      rid: "r",
      method: "character.roll",
      params: {},
      ask: { type: "RollScores" },
    });

  const answers = [];
  for (let cseq = 1; cseq <= 5; cseq++) answers.push(await roll(cseq));
  const again = await roll(2);
  const roster = resultOf(await host.roster(ada));
  await host.stop();

  assertEquals(answers.map((answer) => answer.ok), [true, true, true, true, false]);
  assertEquals(again, answers[1]);
  assertEquals([roster.rolls.length, roster.rerollsLeft, roster.nextCseq], [4, 0, 6]);
});

Deno.test("a session is known by its token until it is ended, and a ticket works once", async () => {
  const { host, clock } = testHost();
  const { token, caller } = resultOf(await host.guest({ name: "Ada", lang: "en" }));
  const ticket = await host.ticket(caller);
  const late = await host.ticket(caller);

  assertEquals(await host.authenticate(token), caller);
  assertEquals(await host.redeemTicket(ticket), caller);
  assertEquals(await host.redeemTicket(ticket), undefined);
  await clock.advance(31_000);
  assertEquals(await host.redeemTicket(late), undefined);
  assertEquals(await host.authenticate("guess"), undefined);
  await host.endSession(caller);
  assertEquals(await host.authenticate(token), undefined);
  await host.stop();
});

Deno.test("a call in the moment in which a session ends does not bring it back", async () => {
  const inner = memoryStore();
  let meanwhile = () => Promise.resolve<unknown>(undefined);
  const endSession = async (session: string) => {
    await meanwhile();
    await inner.endSession(session);
  };
  const { host } = testHost({ store: { ...inner, endSession } });
  const { token, caller } = resultOf(await host.guest({ name: "Ada", lang: "en" }));

  meanwhile = () => host.authenticate(token);
  await host.endSession(caller);

  assertEquals(await host.authenticate(token), undefined);
  await host.stop();
});

Deno.test("a session slides by use and ends after 180 days at the latest", async () => {
  const { host, clock } = testHost({ options: { sweepMs: 2_000_000_000_000 } });
  const day = 86_400_000;
  const { token, caller } = resultOf(await host.guest({ name: "Ada", lang: "en" }));

  for (let used = 0; used < 8; used++) {
    await clock.advance(20 * day);
    assertEquals(await host.authenticate(token), caller);
  }
  await clock.advance(21 * day);
  assertEquals(await host.authenticate(token), undefined);
  await host.stop();
});

Deno.test("stop() stores what was taken in, answers it, writes snapshots and takes nothing new", async () => {
  const { host, store } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  const taken = [1, 2, 3].map((cseq) => host.submit(ada, command(world, cseq)));
  const stopped = host.stop();
  const late = await host.submit(ada, command(world, 4));
  const answers = await Promise.all(taken);
  await stopped;

  assertEquals(answers.map(({ ok }) => ok), [true, true, true]);
  assertEquals(refusalOf(late).code, "server/going_away");
  assertEquals((await store.readHead(world))?.value.n, 5);
  assertEquals((await store.readSnapshotMarks(world)).map(({ n }) => n), [5]);
});
