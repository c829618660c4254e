import { assert, assertEquals } from "@std/assert";
import { commandRng, emptyState, step } from "../../engine/mod.ts";
import type { Command } from "../../engine/types/command.ts";
import type { WorldId } from "../../engine/types/ids.ts";
import { RULES_VERSION, type WorldState } from "../../engine/types/state.ts";
import { FIXTURE, markOf } from "./record_rules.ts";

interface Recorded {
  readonly n: number;
  readonly command: Command;
  readonly mark: string;
}

const RECORD = "deno run -A tests/simulation/record_rules.ts";

Deno.test("the rules decide a recorded game as they did, or their version was raised", async () => {
  const [first = "{}", ...lines] = (await Deno.readTextFile(FIXTURE)).trimEnd().split("\n");
  const recorded: readonly Recorded[] = lines.map((line) => JSON.parse(line));
  const kinds = new Set<string>();
  let state: WorldState = emptyState("w_rules" as WorldId);
  let seed = "";

  assertEquals(JSON.parse(first).rules, RULES_VERSION, `record the rules of this version: ${RECORD}`);
  for (const { n, command, mark } of recorded) {
    if (command.intent.type === "CreateWorld") {
      seed = command.intent.seed;
      state = emptyState(command.intent.world);
    }
    const outcome = step(state, command, commandRng(seed, 1, n));
    const found = outcome.ok ? markOf(outcome.events) : outcome.rejection.code;
    const where = `${seed} ${n} ${JSON.stringify(command.intent).slice(0, 200)}`;
    assertEquals(found, mark, `raise RULES_VERSION in engine/types/state.ts, then ${RECORD} (${where})`);
    assert(outcome.ok);
    state = outcome.state;
    kinds.add(command.intent.type);
  }
  const wanted = ["Attack", "CastSpell", "MoveInBattle", "AiTurn", "Travel", "Search", "Rest", "EndWorld"];
  assertEquals(wanted.filter((kind) => !kinds.has(kind)), [], "the recorded game holds them");
});
