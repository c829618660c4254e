/**
 * Records what today's rules decide, as `rules_fixture.jsonl`: commands with the hash of their events. To be run after
 * `RULES_VERSION` was raised; `rules_version_test.ts` tells when it has to be.
 */
import { commandRng, type Dice, due, emptyState, hashOf, legalForSeat, rngAt, step } from "../../engine/mod.ts";
import type { Command, PlayerIntent } from "../../engine/types/command.ts";
import type { AccountId, WorldId } from "../../engine/types/ids.ts";
import { RULES_VERSION, type WorldState } from "../../engine/types/state.ts";
import type { HashValue } from "../../engine/view/hash.ts";
import { SEAT, seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";

export const FIXTURE = new URL("./rules_fixture.jsonl", import.meta.url);
const WORLDS = 6;
const COMMANDS = 180;

/** So that every kind comes up: 1 when not named. */
const WEIGHTS: Readonly<Partial<Record<PlayerIntent["type"], number>>> = {
  Travel: 14,
  Interact: 14,
  ChooseEncounter: 20,
  Attack: 30,
  CastSpell: 15,
  UseFeature: 6,
  MoveInBattle: 6,
  EndTurn: 6,
  FinishLoot: 20,
  Rest: 8,
  BreakCamp: 3,
  GiveLead: 0,
  Quick: 0.1,
};

/** What is due, else a kind of legal thing by its weight and one of that kind, else the next timer. */
function nextCommand(state: WorldState, dice: Dice): Command | undefined {
  const timer = due(state);
  if (timer && timer.at <= state.at) return { by: { type: "system" }, at: state.at, intent: timer.intent };
  const legal = legalForSeat(state, SEAT);
  const kinds = [...new Set(legal.map(({ type }) => type))].map((type) => [type, (WEIGHTS[type] ?? 1) * 10] as const);
  if (kinds.some(([, weight]) => weight > 0)) {
    const kind = dice.weighted(kinds);
    return {
      by: { type: "seat", seat: SEAT },
      at: state.at,
      intent: dice.pick(legal.filter(({ type }) => type === kind)),
    };
  }
  return timer ? { by: { type: "system" }, at: timer.at, intent: timer.intent } : undefined;
}

/** Hash of a command's events as they are stored. */
export function markOf(events: readonly object[]): string {
  const stored: HashValue = JSON.parse(JSON.stringify(events));
  return hashOf(stored);
}

function openingOf(seed: string, number: number): readonly Command[] {
  const world = "w_rules" as WorldId;
  const options = { turnClock: "normal", difficulty: number % 2 === 0 ? "normal" : "hard" } as const;
  const at = 1_700_000_000_000;
  const characters = standardParty(1 + number, number);
  const by = { type: "system" } as const;
  return [
    { by, at, intent: { type: "CreateWorld", world, name: "Rules", seed, seedHash: "h", invite: "i", options } },
    { by, at, intent: { type: "JoinGame", account: "a_1" as AccountId, name: "Ada", seat: SEAT, characters } },
  ];
}

function record(number: number): readonly string[] {
  const seed = seedOf(2_000 + number);
  const opening = openingOf(seed, number);
  const dice = rngAt(seed, "rules").dice();
  let state = emptyState("w_rules" as WorldId);
  const lines: string[] = [];
  for (let n = 1; n <= COMMANDS; n += 1) {
    const command = n === COMMANDS
      ? { by: { type: "seat", seat: SEAT }, at: state.at, intent: { type: "EndWorld", name: "Rules" } } as const
      : opening[n - 1] ?? nextCommand(state, dice);
    if (command === undefined) break;
    const outcome = step(state, command, commandRng(seed, 1, n));
    if (!outcome.ok) throw new Error(`Cannot record ${JSON.stringify(command)}: ${outcome.rejection.code}`);
    lines.push(JSON.stringify({ n, command, mark: markOf(outcome.events) }));
    state = outcome.state;
  }
  return lines;
}

if (import.meta.main) {
  const lines = Array.from({ length: WORLDS }, (_, number) => record(number)).flat();
  await Deno.writeTextFile(FIXTURE, [JSON.stringify({ rules: RULES_VERSION }), ...lines, ""].join("\n"));
}
