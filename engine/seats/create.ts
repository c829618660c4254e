/** A world begins: its levels are made from the seed, stored whole, and the party's place is marked. */
import type { Play } from "../core/play.ts";
import { rngAt } from "../core/rng.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { generateLevels } from "../pcg/mod.ts";
import type { Rejection } from "../types/rejection.ts";
import { GENERATOR_VERSION } from "../types/state.ts";
import { itemId } from "../world/ids.ts";
import { lookAround } from "../world/look.ts";

/** Torches waiting in the stash of every new party. */
const FIRST_TORCHES = 5;

/** WorldCreated, each LevelGenerated, each QuestOffered, PartyPlaced, CellsSeen. Chance comes from the world's own seed. */
export function createWorld(play: Play, intent: IntentOf<"CreateWorld">): Rejection | undefined {
  if (play.state.generator !== 0) return reject("turn/over", { world: intent.world });
  const { levels, quests } = generateLevels(rngAt(intent.seed, "area"), intent.options);
  const first = levels[0];
  if (!first) throw new RangeError("Cannot create world as its generator must make a level: got none");
  play.emit({
    type: "WorldCreated",
    world: intent.world,
    name: intent.name,
    seed: intent.seed,
    seedHash: intent.seedHash,
    invite: intent.invite,
    options: intent.options,
    generator: GENERATOR_VERSION,
    at: play.at,
  });
  for (const level of levels) play.emit({ type: "LevelGenerated", level });
  for (const quest of quests) play.emit({ type: "QuestOffered", quest });
  play.emit({ type: "PartyPlaced", level: first.id, to: first.entry.at, facing: first.entry.facing });
  play.emit({
    type: "ItemsGained",
    to: "stash",
    items: [{ id: itemId("i_torches"), item: "torch", count: FIRST_TORCHES }],
  });
  lookAround(play);
  return undefined;
}
