/** Two levels joined by stairs, and the commissions about them (game design 12): draft, fill, validate, roll again. */
import type { Rng } from "../core/rng.ts";
import type { Level } from "../types/area.ts";
import type { LevelId, Point } from "../types/ids.ts";
import type { Theme } from "../types/names.ts";
import type { Quest, WorldOptions } from "../types/state.ts";
import { cellKey } from "../world/geometry.ts";
import { levelId } from "../world/ids.ts";
import { accrete, NoRoom } from "./accrete.ts";
import type { Draft } from "./draft.ts";
import { fallbackDraft } from "./fallback.ts";
import { type Filling, populate } from "./populate.ts";
import { makeQuests } from "./quests.ts";
import { validateArea, validateLevel } from "./validate/mod.ts";

export interface GenerateOptions {
  readonly difficulty: WorldOptions["difficulty"];
  /** Characters the budgets count on; four unless told. */
  readonly partySize?: number;
}

export interface Area {
  readonly levels: readonly Level[];
  readonly quests: readonly Quest[];
  /** Levels that had to fall back on the known-good drawing. */
  readonly fallbacks: number;
}

/** Rolls before a level falls back on the known-good drawing (game design 12.5). */
export const ROLLS_MAX = 20;

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
/** Themes that nobody built: hollows and tunnels rather than rooms. */
const GROWN: ReadonlySet<Theme> = new Set(["cave", "wood"]);

/** The levels and commissions of a world. The same stream and options give the same output, byte for byte. */
export function generateLevels(rng: Rng, options: GenerateOptions): Area {
  const themes = rng.fork("themes").dice().pick(PAIRS);
  const made = makeArea(rng, themes, { options, draft: rollDraft });
  if (validateArea(made.levels, made.quests).length === 0) return made;
  return makeArea(rng, themes, { options, draft: () => undefined });
}

type MakeDraft = (rng: Rng, theme: Theme) => Draft | undefined;

function rollDraft(rng: Rng, theme: Theme): Draft | undefined {
  try {
    return accrete(rng, { grown: GROWN.has(theme) });
  } catch (error) {
    if (error instanceof NoRoom) return undefined;
    throw error;
  }
}

function makeArea(
  rng: Rng,
  themes: readonly Theme[],
  { options, draft }: { readonly options: GenerateOptions; readonly draft: MakeDraft },
): Area {
  const taken = new Set<string>();
  const made = themes.map((theme, index) => {
    const filling: Omit<Filling, "roll"> = {
      id: idOf(index),
      depth: index + 1,
      theme,
      ...(index > 0 ? { up: { level: idOf(index - 1), at: NOWHERE } } : {}),
      ...(index < themes.length - 1 ? { down: { level: idOf(index + 1), at: NOWHERE } } : {}),
      relic: index === themes.length - 1,
      partySize: options.partySize ?? PARTY_SIZE,
      partyLevel: index + 1,
      difficulty: options.difficulty,
      taken,
    };
    return makeLevel(rng.fork(idOf(index)), filling, draft);
  });
  const levels = joinLevels(made.map((one) => one.level));
  return {
    levels,
    quests: makeQuests(rng.fork("quests"), levels),
    fallbacks: made.filter((one) => one.fallback).length,
  };
}

/** Where stairs lead while the other level is not made yet. */
const NOWHERE: Point = [0, 0];

/** Rolls until a level is right; after twenty rolls the known-good drawing is filled until its budgets fit. */
function makeLevel(
  rng: Rng,
  filling: Omit<Filling, "roll">,
  makeDraft: MakeDraft,
): { readonly level: Level; readonly fallback: boolean } {
  for (let roll = 0; roll < 2 * ROLLS_MAX; roll += 1) {
    const fallback = roll >= ROLLS_MAX;
    const at = rng.fork("rooms").fork(String(roll));
    const draft = fallback ? fallbackDraft() : makeDraft(at, filling.theme);
    if (!draft) continue;
    const taken = new Set(filling.taken);
    const level = populate(at, draft, { ...filling, taken, roll });
    if (draft.loops === 0 || validateLevel(level, filling).length > 0) continue;
    for (const name of taken) filling.taken.add(name);
    return { level, fallback };
  }
  throw new RangeError(`Cannot make level ${filling.id} as the known-good drawing must be valid`);
}

/** Ties the stairs together, now that every goal and entry is known. */
function joinLevels(levels: readonly Level[]): readonly Level[] {
  return levels.map((level, index) => {
    const [above, below] = [levels[index - 1], levels[index + 1]];
    return {
      ...level,
      features: {
        ...level.features,
        ...(above
          ? { [cellKey(level.entry.at)]: { type: "stairs", direction: "up", to: { level: above.id, at: above.goal } } }
          : {}),
        ...(below
          ? {
            [cellKey(level.goal)]: { type: "stairs", direction: "down", to: { level: below.id, at: below.entry.at } },
          }
          : {}),
      },
    };
  });
}

function idOf(index: number): LevelId {
  return levelId(`l_${index + 1}`);
}
