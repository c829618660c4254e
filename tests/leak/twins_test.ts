import { assert, assertEquals } from "@std/assert";
import { commandRng, legalForSeat, rngAt, step } from "../../engine/mod.ts";
import { createEngineWorld, SEAT, seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";
import { CANARY, disguise, disguiseFoes } from "./disguise.ts";
import { nextCommand, shown } from "./play.ts";

const WORLDS = 10;
const COMMANDS = 180;
/** Where two long texts part, with what is around. */
function parting(a: string, b: string): string {
  if (a === b) return "";
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return `${a.slice(Math.max(0, at - 160), at + 60)} | ${b.slice(at, at + 60)}`;
}

Deno.test("worlds that differ only in what the party cannot know look the same, whatever it does", () => {
  const met = new Set<string>();
  for (let number = 0; number < WORLDS; number += 1) {
    const seed = seedOf(7_000 + number);
    let { state } = createEngineWorld({ seed, characters: standardParty(6, number) });
    const dice = rngAt(seed, "twins").dice();
    for (let n = 1; n <= COMMANDS; n += 1) {
      const command = nextCommand(state, dice);
      if (!command) break;
      const chance = commandRng(seed, 1, n);
      const one = step(state, command, chance);
      assert(one.ok, JSON.stringify({ command, one }));
      const twin = disguise(state, one.state);
      const where = `world ${number}, command ${n}: ${JSON.stringify(command.intent)}`;

      assertEquals(parting(shown(state, []), shown(twin, [])), "", `view before ${where}`);
      assertEquals(
        parting(JSON.stringify(legalForSeat(state, SEAT)), JSON.stringify(legalForSeat(twin, SEAT))),
        "",
        `legal before ${where}`,
      );
      const two = step(twin, command, chance);
      assert(two.ok, `refused in the twin, ${where}: ${JSON.stringify(two)}`);
      const [seen, seenTwin] = [shown(one.state, one.events), shown(two.state, two.events)];
      assertEquals(parting(seen, seenTwin), "", where);
      assert(!seen.includes(CANARY) && !seenTwin.includes(CANARY), where);
      assertEquals(parting(shown(state, []), shown(disguiseFoes(state), [])), "", `foes' numbers before ${where}`);

      met.add(one.state.mode);
      state = one.state;
    }
  }
  assertEquals([...met].sort(), ["aftermath", "battle", "camp", "encounter", "explore"], "every mode was looked at");
});
