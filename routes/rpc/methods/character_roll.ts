import { z } from "zod";
import { accountCommand } from "../method.ts";

export const characterRoll = accountCommand({
  name: "character.roll",
  since: 1,
  params: z.strictObject({}),
  result: z.object({ rolls: z.array(z.array(z.int())), rerollsLeft: z.int() }),
  cost: 2,
  errors: ["character/no_rolls"],
  about: "Rolls a set of six scores, 4d6 drop lowest each, for the method `roll`",
  example: {},
  intent: () => ({ type: "RollScores" }),
});
