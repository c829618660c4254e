import { z } from "zod";
import { TRAVEL_TARGETS } from "../../../engine/types/command.ts";
import { whereExtras, WhereResult } from "../where.ts";
import { LevelRef, PointRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const travel = command({
  name: "travel",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({
    to: z.union([
      z.enum(TRAVEL_TARGETS),
      z.strictObject({ level: LevelRef, at: PointRef }),
    ]),
  }),
  result: WhereResult,
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "move/door_shut",
    "move/no_way",
    "move/unknown_cell",
    "move/nothing_there",
    "character/none",
  ],
  about: "Walks to a known place, step by step, until something stops the party",
  example: { to: "frontier" },
  intent: ({ to }) => ({ type: "Travel", to }),
  extras: whereExtras,
});
