import { assert, assertEquals } from "@std/assert";
import type { CreatureId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import {
  accountCommand,
  command,
  ear,
  guest,
  joinCommand,
  newWorld,
  resultOf,
  settle,
  testHost,
} from "./host_fixture.ts";
import { applyPatch } from "../engine/view/patch.ts";
import { hashOf } from "../engine/view/hash.ts";
import { createRules } from "./rules.ts";

const deps = { engine: createRules() };

Deno.test("a real world is made, walked by its own legal commands, stored and found again after a crash", async () => {
  const store = memoryStore();
  const { host, clock } = testHost({ store, deps });
  const ada = await guest(host);
  const made = resultOf(
    await host.submitAccount(
      ada,
      accountCommand(1, {
        type: "CreateCharacter",
        name: "Aldric",
        class: "fighter",
        lineage: "human",
        background: "sellsword",
        method: "standard",
        assign: ["str", "con", "dex", "wis", "cha", "int"],
      }),
    ),
  )["character"] as { readonly id: CreatureId };
  const world = await newWorld(host, ada, 2);
  resultOf(await host.submit(ada, joinCommand(world, 1, { characters: [made.id] })));
  const listener = ear();
  await host.subscribe(ada, { world, audience: "party", lane: 0 }, listener);

  let accepted = 0;
  for (let cseq = 2; cseq < 120; cseq++) {
    const { options } = resultOf(await host.options(ada, world, made.id));
    const choices = options.filter(({ intent }) => intent.type !== "LeaveGame");
    const choice = choices[(cseq * 7) % Math.max(1, choices.length)];
    if (choice === undefined) await clock.advance(1_000);
    else if ((await host.submit(ada, command(world, cseq, choice.intent))).ok) accepted++;
    await settle();
  }
  const before = resultOf(await host.view(ada, world, "party"));
  await settle();

  const [snapshot] = listener.frames;
  assert(snapshot !== undefined);
  let view = JSON.parse(snapshot.text).params.view;
  for (const message of listener.messages()) {
    view = applyPatch(view, message["patch"] as unknown as Parameters<typeof applyPatch>[1]);
    assertEquals(hashOf(view), message["hash"]);
  }
  const second = testHost({ store, deps });
  const after = resultOf(await second.host.view(ada, world, "party"));
  const gap = ear("gap");
  const { epoch } = before;
  const resumed = resultOf(
    await second.host.subscribe(ada, { world, audience: "party", lane: 0, epoch, lastSeq: snapshot.seq }, gap),
  );
  await settle();
  await second.host.stop();
  await host.stop();

  assert(accepted > 50);
  assertEquals(hashOf(after.view as object as never), hashOf(before.view as object as never));
  assertEquals(resumed.mode, "gap");
  assertEquals(
    gap.frames.filter(({ kind }) => kind === "message").map(({ text }) => text),
    listener.frames.filter(({ kind }) => kind === "message").map(({ text }) => text),
  );
});
