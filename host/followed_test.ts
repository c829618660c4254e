import { assertEquals } from "@std/assert";
import { Followed } from "./followed.ts";
import { ear, guest, newWorld, resultOf, settle, testHost } from "./host_fixture.ts";

const audience = "party" as const;

/** A played world, with what its alerts say and how to make the claims that raise them. */
async function claims() {
  const { host, deps } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const { epoch, seq } = resultOf(await host.view(ada, world, audience));
  const sum = ({ values }: { readonly values: readonly { readonly value: number }[] }) =>
    values.reduce((total, { value }) => total + value, 0);
  return {
    host,
    epoch,
    follow: () => host.subscribe(ada, { world, audience, lane: 0 }, ear("mine")),
    /** Claims to have seen more than there is. */
    async claimAhead(epoch: number) {
      const request = { world, audience, lane: 0, epoch, lastSeq: seq + 999_999 };
      const { mode } = resultOf(await host.subscribe(ada, request, ear("other")));
      await settle();
      return mode;
    },
    /** Claims that a patch did not fit. */
    async claimDesync(epoch: number) {
      return resultOf(await host.desync(ada, { world, audience, epoch, seq, parts: {} })).seq === seq;
    },
    alerts: async () => [sum(await deps.metrics.historyLost.get()), sum(await deps.metrics.desyncs.get())],
  };
}

Deno.test("who never had a stream raises no desync by a claim about it; a resume ahead of the head always counts", async () => {
  const [resuming, reporting] = [await claims(), await claims()];

  const ahead = await resuming.claimAhead(resuming.epoch);
  const desync = await reporting.claimDesync(reporting.epoch);

  assertEquals([ahead, desync], ["snapshot", true]);
  assertEquals([await resuming.alerts(), await reporting.alerts()], [[1, 0], [0, 0]]);
  await resuming.host.stop();
  await reporting.host.stop();
});

Deno.test("who has the stream raises both alerts, and another epoch none", async () => {
  const { host, epoch, follow, claimAhead, claimDesync, alerts } = await claims();
  await follow();

  await claimAhead(epoch - 1);
  await claimDesync(epoch - 1);
  const other = await alerts();
  await claimAhead(epoch);
  await claimDesync(epoch);
  const present = await alerts();
  await host.stop();

  assertEquals(other, [0, 0]);
  assertEquals(present, [1, 1]);
});

Deno.test("Followed forgets the oldest stream first", () => {
  const followed = new Followed();
  for (let count = 0; count <= 20_000; count++) followed.note("ses_1", `w_${count}`, audience);

  assertEquals([0, 1, 20_000].map((count) => followed.has("ses_1", `w_${count}`, audience)), [false, true, true]);
});
