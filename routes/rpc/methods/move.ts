import { z } from "zod";
import { CreatureRef, PointRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";
import { whereExtras, WhereResult } from "../where.ts";

/** A march of the party or a path of one combatant: two shapes of one verb, as players know it. */
export const move = command({
  name: "move",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    step: z.literal("forward").exactOptional(),
    character: CreatureRef.exactOptional(),
    path: z.array(PointRef).min(1).max(64).exactOptional(),
  }).refine(
    ({ step, character, path }) =>
      step === undefined
        ? character !== undefined && path !== undefined
        : character === undefined && path === undefined,
    "takes either `step`, or `character` and `path`",
  ),
  result: WhereResult,
  cost: 2,
  errors: [
    "turn/not_leader",
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_movement",
    "move/blocked",
    "move/door_shut",
    "move/locked",
    "move/barred",
    "move/occupied",
    "character/none",
  ],
  about: "Explore: one step of the party ahead. Battle: a path of one combatant, square by square",
  example: { step: "forward" },
  intent: ({ character, path }) =>
    character === undefined || path === undefined ? { type: "Step" } : { type: "MoveInBattle", character, path },
  extras: whereExtras,
});
