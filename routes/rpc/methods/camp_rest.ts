import { z } from "zod";
import { command, seat } from "../method.ts";

export const campRest = command({
  name: "camp.rest",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ kind: z.enum(["short", "long"]) }),
  cost: 2,
  errors: ["turn/wrong_mode", "character/rested", "character/none", "item/unknown"],
  about: "Rests in camp; something may interrupt",
  example: { kind: "short" },
  intent: ({ kind }) => ({ type: "Rest", kind }),
});
