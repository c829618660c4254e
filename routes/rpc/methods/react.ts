import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const react = command({
  name: "react",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, take: z.boolean() }),
  cost: 2,
  errors: ["turn/wrong_mode", "turn/no_prompt"],
  about: "Answers the question whether to spend a reaction",
  example: { character: "c_aldric", take: true },
  intent: ({ character, take }) => ({ type: "React", character, take }),
});
