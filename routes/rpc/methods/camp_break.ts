import { z } from "zod";
import { command, seat } from "../method.ts";

export const campBreak = command({
  name: "camp.break",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({}),
  cost: 2,
  errors: ["turn/wrong_mode"],
  about: "Breaks camp and goes on",
  example: {},
  intent: () => ({ type: "BreakCamp" }),
});
