import { z } from "zod";
import { command, seat } from "../method.ts";

export const campMake = command({
  name: "camp.make",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({}),
  cost: 2,
  errors: ["turn/wrong_mode", "move/foes_near", "character/none"],
  about: "Makes camp where the party stands",
  example: {},
  intent: () => ({ type: "MakeCamp" }),
});
