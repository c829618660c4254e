import { z } from "zod";
import { command, seat } from "../method.ts";

export const startCombat = command({
  name: "startCombat",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({}),
  cost: 2,
  errors: ["turn/not_leader", "turn/wrong_mode", "combat/no_encounter"],
  about: "Chooses combat for the pending encounter",
  example: {},
  intent: () => ({ type: "StartCombat" }),
});
