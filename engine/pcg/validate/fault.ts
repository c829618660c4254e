/** What a validator finds wrong, and what it is given. */
import type { Level } from "../../types/area.ts";
import type { Quest } from "../../types/state.ts";
import type { Strength } from "../budget.ts";

export const VALIDATORS = ["V1", "V2", "V3", "V4", "V6", "V7", "V8", "V9", "V12", "V14"] as const;
export type ValidatorId = typeof VALIDATORS[number];

export interface Fault {
  readonly rule: ValidatorId;
  /** Where: an edge, a cell, an id. */
  readonly at: string;
  readonly what: string;
}

/** A level with the party it was made for. */
export interface LevelInput {
  readonly level: Level;
  readonly strength: Strength;
}

/** Everything that belongs together: stairs, keys and commissions cross levels. */
export interface AreaInput {
  readonly levels: readonly Level[];
  readonly quests: readonly Quest[];
}
