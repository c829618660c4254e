import { assertEquals } from "@std/assert";
import { signal } from "@preact/signals";
import type { PlayerIntent } from "../../engine/types/command.ts";
import type { QuickBy } from "../../engine/types/names.ts";
import type { CreatureId } from "../../engine/types/ids.ts";
import type { CharacterView } from "../../engine/types/view.ts";
import { characterView } from "../fixtures/views.ts";
import type { Settled } from "../net/outbox.ts";
import { createReclaim, isAboutQuick } from "./reclaim.ts";

function member(id: string, quickBy?: QuickBy): CharacterView {
  return characterView(id, id, quickBy === undefined ? {} : { quick: true, quickBy });
}

Deno.test("a sign of life takes back whom clock or absence put on Quick, and nobody else, once", async () => {
  const own = signal<readonly CharacterView[]>([
    member("c_clock", "clock"),
    member("c_gone", "absence"),
    member("c_mine", "player"),
    member("c_here"),
  ]);
  const sent: PlayerIntent[] = [];
  const answer = Promise.withResolvers<Settled>();
  const reclaim = createReclaim({
    own,
    act(intent) {
      sent.push(intent);
      return answer.promise;
    },
  });

  reclaim();
  reclaim();
  assertEquals(sent, [
    { type: "Quick", character: "c_clock" as CreatureId, on: false },
    { type: "Quick", character: "c_gone" as CreatureId, on: false },
  ]);

  answer.resolve({ type: "result", result: {} });
  await answer.promise;
  await Promise.resolve();
  own.value = [member("c_clock", "clock"), member("c_gone")];
  reclaim();
  assertEquals(sent.length, 3);
});

Deno.test("the keys of Quick say for themselves what becomes of it", () => {
  assertEquals(["q", "alt+q", "a", " ", "escape"].map(isAboutQuick), [true, true, false, false, false]);
});
