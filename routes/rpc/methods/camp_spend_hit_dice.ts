import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const campSpendHitDice = command({
  name: "camp.spendHitDice",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, count: z.int().min(1).max(20) }),
  cost: 2,
  errors: ["turn/wrong_mode", "character/no_hit_dice", "character/rested", "character/dead", "combat/incapacitated"],
  about: "Spends hit dice to heal after a short rest",
  example: { character: "c_aldric", count: 1 },
  intent: ({ character, count }) => ({ type: "SpendHitDice", character, count }),
});
