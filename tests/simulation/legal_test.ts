import { assert, assertEquals } from "@std/assert";
import { commandRng, legalCommands, rngAt, step } from "../../engine/mod.ts";
import type { By, PlayerIntent } from "../../engine/types/command.ts";
import type { CreatureId } from "../../engine/types/ids.ts";
import type { WorldState } from "../../engine/types/state.ts";
import { createEngineWorld, SEAT, seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";
import { nextCommand } from "../leak/play.ts";

const WORLDS = 12;
const COMMANDS = 200;
/** Every so many commands all creatures are asked, and of each at most so many intents of a kind are tried. */
const EVERY = 5;
const OF_A_KIND = 3;

function creaturesOf(state: WorldState): readonly CreatureId[] {
  return [...Object.keys(state.characters), ...Object.keys(state.battle?.monsters ?? {})] as CreatureId[];
}

/** Some of each kind, spread over the list. */
function sample(legal: readonly PlayerIntent[], pick: (list: readonly PlayerIntent[]) => PlayerIntent) {
  const kinds = new Map<string, PlayerIntent[]>();
  for (const intent of legal) kinds.set(intent.type, [...(kinds.get(intent.type) ?? []), intent]);
  return [...kinds.values()].flatMap((list) =>
    list.length <= OF_A_KIND ? list : Array.from({ length: OF_A_KIND }, () => pick(list))
  );
}

Deno.test("step() accepts every intent that legalCommands() lists, for characters and monsters alike", () => {
  const tried = new Set<string>();
  for (let number = 0; number < WORLDS; number += 1) {
    const seed = seedOf(4_000 + number);
    let { state } = createEngineWorld({ seed, characters: standardParty(1 + (number % 6), number) });
    const dice = rngAt(seed, "legal").dice();
    for (let n = 1; n <= COMMANDS; n += 1) {
      for (const creature of n % EVERY === 0 ? creaturesOf(state) : []) {
        const monster = state.characters[creature] === undefined;
        const by: By = monster ? { type: "system" } : { type: "seat", seat: SEAT };
        for (const intent of sample(legalCommands(state, creature), (list) => dice.pick(list))) {
          const outcome = step(state, { by, at: state.at, intent }, commandRng(seed, 2, n));
          assertEquals(
            outcome.ok ? undefined : outcome.rejection,
            undefined,
            `world ${number}, command ${n}, ${creature}: ${JSON.stringify(intent)}`,
          );
          tried.add(`${monster ? "monster" : "character"} ${intent.type}`);
        }
      }
      const command = nextCommand(state, dice);
      if (!command) break;
      const outcome = step(state, command, commandRng(seed, 1, n));
      assert(outcome.ok, JSON.stringify({ command, outcome }));
      state = outcome.state;
    }
  }
  const wanted = ["character Step", "character Attack", "character CastSpell", "character EquipItem", "character Rest"];
  const wantedOfMonsters = ["monster Attack", "monster MoveInBattle", "monster Dash"];
  assertEquals([...wanted, ...wantedOfMonsters].filter((kind) => !tried.has(kind)), [], "all were tried");
});
