import { assertEquals, assertRejects } from "@std/assert";
import { Mailbox, MailboxClosed } from "./mailbox.ts";

const ready = () => undefined;
const ignore = () => {};

Deno.test("put() runs at once when nothing waits, and keeps the order when something does", async () => {
  const mailbox = new Mailbox(ignore);
  const gate = Promise.withResolvers<void>();
  const ran: string[] = [];

  mailbox.put(ready, () => ran.push("first"), ignore);
  assertEquals(ran, ["first"]);
  mailbox.put(() => gate.promise, () => ran.push("slow"), ignore);
  mailbox.put(ready, () => ran.push("after"), ignore);
  assertEquals([ran.length, mailbox.size], [1, 2]);
  gate.resolve();
  await mailbox.turn(ignore);

  assertEquals(ran, ["first", "slow", "after"]);
});

Deno.test("a turn whose wait fails is told so, and the next one runs", async () => {
  const mailbox = new Mailbox(ignore);
  const seen: unknown[] = [];

  mailbox.put(() => Promise.reject(new Error("No such lane")), () => seen.push("ran"), (fault) => seen.push(fault));
  await mailbox.turn(() => seen.push("next"));

  assertEquals(seen.map((one) => one instanceof Error ? one.message : one), ["No such lane", "next"]);
});

Deno.test("a turn that throws is reported and does not stop the mailbox", async () => {
  const faults: unknown[] = [];
  const mailbox = new Mailbox((fault) => faults.push(fault));

  mailbox.put(ready, () => {
    throw new Error("Broken turn");
  }, ignore);

  assertEquals(await mailbox.turn(() => 7), 7);
  assertEquals(faults.length, 1);
});

Deno.test("hold() lets nothing run until it is released, and first() comes before what waited", async () => {
  const mailbox = new Mailbox(ignore);
  const ran: string[] = [];
  const release = mailbox.hold();
  mailbox.put(ready, () => ran.push("waited"), ignore);

  mailbox.first(() => mailbox.put(ready, () => ran.push("first"), ignore));
  assertEquals(ran, []);
  release();
  release();
  await mailbox.turn(ignore);

  assertEquals(ran, ["first", "waited"]);
});

Deno.test("close() refuses what waits and what comes", async () => {
  const mailbox = new Mailbox(ignore);
  mailbox.hold();
  const waiting = mailbox.turn(ignore);

  mailbox.close();

  await assertRejects(() => waiting, MailboxClosed);
  await assertRejects(() => mailbox.turn(ignore), MailboxClosed);
});
