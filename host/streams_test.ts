import { assert, assertEquals } from "@std/assert";
import type { WorldId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import type { Caller, Host } from "./api.ts";
import { command, ear, guest, newWorld, refusalOf, resultOf, settle, testHost } from "./host_fixture.ts";

const audience = "party" as const;

async function steps(host: Host, caller: Caller, world: WorldId, from: number, to: number): Promise<void> {
  for (let cseq = from; cseq <= to; cseq++) resultOf(await host.submit(caller, command(world, cseq)));
}

/** A world with a listener that heard everything from the beginning. */
async function heardWorld(count: number) {
  const store = memoryStore();
  const { host } = testHost({ store, options: { snapshotEvery: 10 } });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const listener = ear("first");
  const { epoch, seq } = resultOf(await host.subscribe(ada, { world, audience, lane: 0 }, listener));
  await settle();
  await steps(host, ada, world, 1, count);
  await settle();
  return { store, host, ada, world, listener, epoch, from: seq };
}

Deno.test("subscribe() tells each mode and reason of the resume table", async () => {
  const { host, ada, world, epoch, from } = await heardWorld(5);
  const head = from + 5;
  const ask = async (given: { epoch?: number; lastSeq?: number }) => {
    const { mode, reason, seq } = resultOf(await host.subscribe(ada, { world, audience, lane: 0, ...given }, ear("x")));
    assertEquals(seq, head);
    return reason === undefined ? mode : `${mode} ${reason}`;
  };

  assertEquals(await ask({}), "snapshot");
  assertEquals(await ask({ epoch, lastSeq: head }), "live");
  assertEquals(await ask({ epoch, lastSeq: from }), "gap");
  assertEquals(await ask({ epoch, lastSeq: head + 1 }), "snapshot ahead");
  assertEquals(await ask({ epoch: epoch - 1, lastSeq: head }), "snapshot epoch");
  await host.stop();
});

Deno.test("a gap of more than 500 messages is answered by a snapshot", async () => {
  const { host, ada, world, epoch, from } = await heardWorld(501);

  const long = resultOf(await host.subscribe(ada, { world, audience, lane: 0, epoch, lastSeq: from }, ear("long")));
  const short = ear("short");
  const whole = resultOf(await host.subscribe(ada, { world, audience, lane: 0, epoch, lastSeq: from + 1 }, short));
  await settle();
  await host.stop();

  assertEquals([long.mode, long.reason], ["snapshot", "window"]);
  assertEquals([whole.mode, short.messages().length], ["gap", 500]);
});

Deno.test("a gap made again from snapshot and log equals what was sent, byte for byte, from any position", async () => {
  const { store, host, ada, world, listener, epoch, from } = await heardWorld(35);
  await host.stop();
  const sent = listener.frames.filter(({ kind }) => kind === "message").map(({ text }) => text);

  const { host: next } = testHost({ store });
  for (const lastSeq of [from, from + 1, from + 9, from + 20, from + 34]) {
    const late = ear(`late-${lastSeq}`);
    const { mode } = resultOf(await next.subscribe(ada, { world, audience, lane: 0, epoch, lastSeq }, late));
    await settle();
    assertEquals(mode, "gap");
    assertEquals(late.frames.map(({ kind }) => kind).at(-1), "resumed");
    assertEquals(late.frames.slice(0, -1).map(({ text }) => text), sent.slice(lastSeq - from));
  }
  await next.stop();
});

Deno.test("nothing falls between gap and live, however commands and subscriptions are mixed", async () => {
  const { store, host: first, ada, world, epoch, from } = await heardWorld(12);
  await first.stop();
  const { host } = testHost({ store });
  const listeners = Array.from({ length: 12 }, (_, i) => ({ listener: ear(`l-${i}`), lastSeq: from + i }));

  const everything: Promise<unknown>[] = [];
  for (const [i, { listener, lastSeq }] of listeners.entries()) {
    everything.push(host.subscribe(ada, { world, audience, lane: 0, epoch, lastSeq }, listener));
    everything.push(host.submit(ada, command(world, 100 + i)));
  }
  await Promise.all(everything);
  await settle();
  await host.stop();

  for (const { listener, lastSeq } of listeners) {
    const seqs = listener.messages().map(({ seq }) => Number(seq));
    assertEquals(seqs, Array.from({ length: from + 24 - lastSeq }, (_, i) => lastSeq + 1 + i));
  }
});

Deno.test("subscribe() gives the next number of the lane and lifts it to what the client has used", async () => {
  const { host, ada, world } = await heardWorld(3);

  const plain = resultOf(await host.subscribe(ada, { world, audience, lane: 0 }, ear("a")));
  const lifted = resultOf(await host.subscribe(ada, { world, audience, lane: 0, lastCseq: 9 }, ear("b")));
  const unanswered = await host.submit(ada, command(world, 9));
  const older = await host.submit(ada, command(world, 8));
  const other = resultOf(await host.subscribe(ada, { world, audience, lane: 3 }, ear("c")));
  await settle();
  await host.stop();

  assertEquals([plain.nextCseq, lifted.nextCseq, other.nextCseq], [4, 10, 1]);
  assert(unanswered.ok);
  assertEquals(refusalOf(older).code, "command/superseded");
});

Deno.test("an unsubscribed listener hears nothing more, and heads() no longer lists its stream", async () => {
  const { host, ada, world, listener, from } = await heardWorld(2);
  const heard = listener.frames.length;
  assertEquals(host.heads("first").map(({ seq }) => seq), [from + 2]);

  host.unsubscribe(world, audience, "first");
  host.unsubscribe(world, audience, "first");
  await steps(host, ada, world, 3, 4);
  await settle();
  await host.stop();

  assertEquals([listener.frames.length, host.heads("first")], [heard, []]);
});

Deno.test("events.list gives the same modes in one answer, and waits for the next message when asked to", async () => {
  const { host, clock, ada, world, epoch, from } = await (async () => {
    const heard = testHost();
    const ada = await guest(heard.host);
    const world = await newWorld(heard.host, ada);
    const { epoch, seq } = resultOf(await heard.host.view(ada, world, audience));
    await steps(heard.host, ada, world, 1, 3);
    return { ...heard, ada, world, epoch, from: seq };
  })();

  const all = resultOf(await host.events(ada, { world, audience, epoch, afterSeq: from }));
  const fresh = resultOf(await host.events(ada, { world, audience }));
  const waiting = host.events(ada, { world, audience, epoch, afterSeq: from + 3, waitMs: 20_000 });
  await settle();
  await steps(host, ada, world, 4, 4);
  const woken = resultOf(await waiting);
  const quiet = host.events(ada, { world, audience, epoch, afterSeq: from + 4, waitMs: 20_000 });
  await settle();
  await clock.advance(20_000);
  const nothing = resultOf(await quiet);
  await host.stop();

  assertEquals([all.mode, all.messages.length, all.seq], ["gap", 3, from + 3]);
  assertEquals([fresh.mode, fresh.snapshot !== undefined], ["snapshot", true]);
  assertEquals([woken.mode, woken.messages.length], ["gap", 1]);
  assertEquals([nothing.mode, nothing.messages.length], ["live", 0]);
});

Deno.test("a query with minSeq waits until the view is that new, or says that it is behind", async () => {
  const { host, clock } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const { seq } = resultOf(await host.view(ada, world, audience));

  const waiting = host.view(ada, world, audience, seq + 1);
  await settle();
  await steps(host, ada, world, 1, 1);
  await settle();
  assertEquals(resultOf(await waiting).seq, seq + 1);
  const late = host.view(ada, world, audience, seq + 9);
  await settle();
  await clock.advance(2_000);
  assertEquals(refusalOf(await late).code, "stream/behind");
  await host.stop();
});

Deno.test("a reported desync is counted by the slice that differs and answered by a fresh view", async () => {
  const { host, ada, world, epoch, from, deps } = await (async () => {
    const heard = testHost();
    const ada = await guest(heard.host);
    const world = await newWorld(heard.host, ada);
    const { epoch, seq } = resultOf(await heard.host.subscribe(ada, { world, audience, lane: 0 }, ear()));
    return { ...heard, ada, world, epoch, from: seq };
  })();

  const answer = resultOf(
    await host.desync(ada, { world, audience, epoch, seq: from, parts: { party: "0000000000000000" } }),
  );
  await host.stop();

  const series = (await deps.metrics.desyncs.get()).values;
  assertEquals(answer.seq, from);
  assert(series.some(({ labels, value }) => "part" in labels && labels.part === "party" && value === 1));
});
