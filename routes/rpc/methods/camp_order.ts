import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const campOrder = command({
  name: "camp.order",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ order: z.array(CreatureRef).min(1).max(8) }),
  cost: 2,
  errors: ["turn/wrong_mode", "character/unknown"],
  about: "Sets the marching order",
  example: { order: ["c_aldric", "c_brianna"] },
  intent: ({ order }) => ({ type: "SetOrder", order }),
});
