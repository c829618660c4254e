import { z } from "zod";
import { command, seat } from "../method.ts";

export const startCombat = command({
  name: "startCombat",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({}),
  cost: 2,
  errors: ["turn/wrong_mode"],
  about: "Chooses combat for the pending encounter",
  example: {},
  intent: () => ({ type: "StartCombat" }),
});
