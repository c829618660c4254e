import { z } from "zod";
import { command, seat } from "../method.ts";

export const search = command({
  name: "search",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ mode: z.enum(["on", "off", "look"]) }),
  cost: 2,
  errors: ["turn/wrong_mode", "turn/over", "character/none"],
  about: "Walks with care (`on`, `off`), or spends ten minutes looking around (`look`)",
  example: { mode: "look" },
  intent: ({ mode }) => ({ type: "Search", mode }),
});
