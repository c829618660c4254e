import type { Shape } from "../engine/types/content.ts";
import type { Ability } from "../engine/types/names.ts";

/** The content the client shows; made by the build from the engine's tables, fetched beside the script. */
export interface ContentBook {
  /** The Fluent file of the player's language. */
  readonly texts: string;
  readonly items: Readonly<Record<string, ItemEntry>>;
  readonly spells: Readonly<Record<string, SpellEntry>>;
  readonly classes: readonly ClassEntry[];
  readonly lineages: readonly LineageEntry[];
  readonly backgrounds: readonly { readonly id: string; readonly name: string; readonly text: string }[];
}

export interface ItemEntry {
  readonly name: string;
  readonly text: string;
  readonly icon: string;
  /** "1d8 slashing", "AC 16" or nothing. */
  readonly numbers: string;
}

export interface SpellEntry {
  readonly name: string;
  readonly text: string;
  readonly icon: string;
  readonly level: number;
  readonly concentration: boolean;
  readonly shape?: Shape;
}

export interface ClassEntry {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly icon: string;
  readonly hitDie: number;
  readonly keyScores: readonly Ability[];
  readonly arrange: readonly Ability[];
  readonly skills: { readonly choose: number; readonly from: readonly string[] };
}

export interface LineageEntry {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly bonuses: Readonly<Partial<Record<Ability, number>>>;
}
