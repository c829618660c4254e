import { STATE_VERSION, type WorldState } from "../types/state.ts";
import type { WorldId } from "../types/ids.ts";
import { levelId } from "../world/ids.ts";

/** The state before a world's first event. Day 1, 08:00; no level, no seat, nobody there. */
export function emptyState(world: WorldId): WorldState {
  const nowhere = { level: levelId(""), at: [0, 0], facing: "north" } as const;
  return {
    v: STATE_VERSION,
    id: world,
    name: "",
    seed: "",
    seedHash: "",
    generator: 0,
    options: { turnClock: "normal", difficulty: "normal" },
    createdAt: 0,
    at: 0,
    clock: 28_800,
    mode: "explore",
    invite: "",
    seats: {},
    characters: {},
    party: {
      ...nowhere,
      searching: false,
      order: [],
      purse: 0,
      stash: [],
      light: null,
      tried: [],
      lastSafe: nowhere,
    },
    levels: {},
    known: {},
    encounter: null,
    battle: null,
    aftermath: null,
    camp: null,
    quests: {},
    piles: {},
    talk: [],
    made: 0,
  };
}
