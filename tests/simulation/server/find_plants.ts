/** How soon each planted fault is found. */
import { PLANTED, type PlantName } from "./plants.ts";
import { serverMessages } from "./process.ts";
import { runSeed } from "./run.ts";
import type { Broken } from "./witness.ts";

export const PLANT_NAMES = Object.keys(PLANTED) as readonly PlantName[];

/** Each planted fault has to be found within so many seeds. */
export const PLANT_SEEDS = 500;

export interface Found {
  /** The first seed that showed it. */
  readonly seed: number;
  readonly broken: Broken;
}

/** The first of the seeds that breaks a promise by which this fault may be known; undefined when none does. */
export async function findPlant(plant: PlantName, steps: number, seeds = PLANT_SEEDS): Promise<Found | undefined> {
  const shows: readonly string[] = PLANTED[plant].shows;
  const messages = serverMessages();
  for (let seed = 1; seed <= seeds; seed++) {
    const { broken: [broken] } = await runSeed({ seed, steps, plant, messages });
    if (broken !== undefined && shows.includes(broken.promise)) return { seed, broken };
  }
  return undefined;
}
