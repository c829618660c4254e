import { z } from "zod";
import { whereExtras, WhereResult } from "../where.ts";
import { command, seat } from "../method.ts";

export const turn = command({
  name: "turn",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ to: z.enum(["left", "right", "about"]) }),
  result: WhereResult,
  cost: 2,
  errors: ["turn/wrong_mode", "character/none"],
  about: "Turns the party on its cell",
  example: { to: "left" },
  intent: ({ to }) => ({ type: "Turn", to }),
  extras: whereExtras,
});
