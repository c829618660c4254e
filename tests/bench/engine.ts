/** Speed of the rules alone: rounds of combat with AI, level generation, view with patch and hash. Milliseconds each. */
import { diff, due, hashOf, rngAt, step, view } from "../../engine/mod.ts";
import { commandRng } from "../../engine/mod.ts";
import { generateLevels } from "../../engine/pcg/mod.ts";
import type { HashValue } from "../../engine/view/hash.ts";
import type { Group } from "../../engine/types/area.ts";
import type { GroupId } from "../../engine/types/ids.ts";
import type { WorldState } from "../../engine/types/state.ts";
import { createEngineWorld, seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";

function timed(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** Milliseconds of generating and validating one dungeon, divided by its levels. */
export function levelTimes(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => {
    let levels = 1;
    const ms = timed(() => {
      levels = generateLevels(rngAt(seedOf(i), "area"), { difficulty: "normal" }).levels.length;
    });
    return ms / levels;
  });
}

/** Milliseconds of view, patch and hash after one step in a level fully known: what publishing costs. */
export function publishTimes(count: number): readonly number[] {
  const world = createEngineWorld({ seed: seedOf(1), characters: standardParty(6) });
  let before = view(world.state, "party");
  return Array.from({ length: count }, () => {
    world.ask({ type: "Turn", to: "left" });
    return timed(() => {
      const after = view(world.state, "party");
      diff(before as unknown as HashValue, after as unknown as HashValue);
      hashOf(after as unknown as HashValue);
      before = after;
    });
  });
}

/** Ten goblins at two cells: six heroes on Quick against them, every turn played by the AI. */
function startFight(i: number): WorldState {
  const world = createEngineWorld({
    seed: seedOf(i),
    characters: standardParty(6),
    options: { turnClock: "relaxed", difficulty: "normal" },
  });
  const { state } = world;
  const level = state.levels[state.party.level];
  if (!level) throw new Error("There is no level");
  const group: Group = {
    id: "g_bench" as GroupId,
    at: state.party.at,
    monsters: [{ monster: "goblin", count: 10 }],
    attitude: "hostile",
    boss: false,
    pattern: "band",
    xp: 500,
    state: "met",
  };
  const characters = Object.fromEntries(
    Object.entries(state.characters).map(([id, one]) => [id, { ...one, quick: true }]),
  );
  return {
    ...state,
    characters,
    mode: "encounter",
    levels: { ...state.levels, [level.id]: { ...level, groups: { ...level.groups, [group.id]: group } } },
    encounter: {
      group: group.id,
      level: level.id,
      distance: 2,
      attitude: "hostile",
      waits: 0,
      surprised: "none",
      endsAt: 0,
    },
  };
}

/** Milliseconds of each whole round of six against ten. */
export function roundTimes(fights: number): readonly number[] {
  const rounds: number[] = [];
  for (let i = 0; i < fights; i += 1) {
    let state = startFight(i);
    let n = 1;
    const act = (intent: Parameters<typeof step>[1]["intent"]) => {
      const outcome = step(state, { by: { type: "system" }, at: state.at, intent }, commandRng(state.seed, 1, n++));
      if (!outcome.ok) throw new Error(`Refused: ${JSON.stringify({ intent, rejection: outcome.rejection })}`);
      state = outcome.state;
    };
    const seat = Object.values(state.seats)[0];
    if (!seat) throw new Error("There is no seat");
    const begun = step(
      state,
      { by: { type: "seat", seat: seat.id }, at: state.at, intent: { type: "StartCombat" } },
      commandRng(state.seed, 1, n++),
    );
    if (!begun.ok) throw new Error(`Refused: ${JSON.stringify(begun.rejection)}`);
    state = begun.state;
    while (state.mode === "battle") {
      const { round } = state.battle ?? { round: 0 };
      rounds.push(timed(() => {
        while (state.mode === "battle" && state.battle?.round === round) {
          const next = due(state);
          if (!next) throw new Error("Nobody acts");
          act(next.intent);
        }
      }));
    }
  }
  return rounds;
}
