/** Two levels joined by stairs, and the commissions about them (game design 12). */
import type { Rng } from "../core/rng.ts";
import type { Level } from "../types/area.ts";
import type { LevelId, Point } from "../types/ids.ts";
import type { Theme } from "../types/names.ts";
import type { Quest, WorldOptions } from "../types/state.ts";
import { levelId } from "../world/ids.ts";
import type { Draft } from "./draft.ts";
import { fallbackDraft } from "./fallback.ts";
import { populate } from "./populate.ts";
import { makeQuests } from "./quests.ts";

export interface GenerateOptions {
  readonly difficulty: WorldOptions["difficulty"];
  /** Characters the budgets count on; four unless told. */
  readonly partySize?: number;
}

const PARTY_SIZE = 4;
/** Themes that go together, upper level first. */
const PAIRS: readonly (readonly [Theme, Theme])[] = [
  ["keep", "crypt"],
  ["ruin", "crypt"],
  ["ruin", "temple"],
  ["sewer", "temple"],
  ["cave", "ruin"],
  ["keep", "cave"],
  ["sewer", "crypt"],
  ["cave", "temple"],
];

/** The levels and commissions of a world. The same stream and options give the same output, byte for byte. */
export function generateLevels(
  rng: Rng,
  options: GenerateOptions,
): { readonly levels: readonly Level[]; readonly quests: readonly Quest[] } {
  const themes = rng.fork("themes").dice().pick(PAIRS);
  const taken = new Set<string>();
  const drafts = themes.map((): Draft => fallbackDraft());
  const levels = drafts.map((draft, index) => {
    const up = drafts[index - 1];
    const down = drafts[index + 1];
    return populate(rng.fork(idOf(index)), draft, {
      id: idOf(index),
      depth: index + 1,
      theme: themes[index] ?? "ruin",
      ...(up ? { up: link(idOf(index - 1), up.goal) } : {}),
      ...(down ? { down: link(idOf(index + 1), down.entry.at) } : {}),
      relic: index === drafts.length - 1,
      partySize: options.partySize ?? PARTY_SIZE,
      partyLevel: index + 1,
      difficulty: options.difficulty,
      taken,
      roll: 0,
    });
  });
  return { levels, quests: makeQuests(rng.fork("quests"), levels) };
}

function idOf(index: number): LevelId & string {
  return levelId(`l_${index + 1}`);
}

function link(level: LevelId, at: Point): { readonly level: LevelId; readonly at: Point } {
  return { level, at };
}
