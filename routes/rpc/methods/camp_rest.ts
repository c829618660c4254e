import { z } from "zod";
import { command, seat } from "../method.ts";

export const campRest = command({
  name: "camp.rest",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ kind: z.enum(["short", "long"]) }),
  cost: 2,
  errors: ["turn/not_leader", "turn/wrong_mode"],
  about: "Rests in camp; something may interrupt",
  example: { kind: "short" },
  intent: ({ kind }) => ({ type: "Rest", kind }),
});
