import { z } from "zod";
import { CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const light = command({
  name: "light",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, item: ItemRef.nullable() }),
  cost: 2,
  errors: ["turn/wrong_mode", "combat/incapacitated", "item/unknown", "item/none_worn"],
  about: "Lights a torch or lamp of a character, or puts the light out (`item: null`)",
  example: { character: "c_aldric", item: "i_torch" },
  intent: ({ character, item }) => ({ type: "Light", character, item }),
});
