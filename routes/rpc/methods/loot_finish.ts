import { z } from "zod";
import { command, seat } from "../method.ts";

export const lootFinish = command({
  name: "loot.finish",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({}),
  cost: 2,
  errors: ["turn/wrong_mode"],
  about: "Closes the sharing: claims are rolled, the rest goes to the stash",
  example: {},
  intent: () => ({ type: "FinishLoot" }),
});
