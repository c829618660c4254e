import { z } from "zod";
import { command, seat } from "../method.ts";

export const encounterChoose = command({
  name: "encounter.choose",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ choice: z.enum(["combat", "wait", "flee", "advance"]) }),
  cost: 2,
  errors: ["turn/wrong_mode", "move/too_far", "combat/too_fast"],
  about: "Chooses from the menu of an encounter",
  example: { choice: "wait" },
  intent: ({ choice }) => ({ type: "ChooseEncounter", choice }),
});
