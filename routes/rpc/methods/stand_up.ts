import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const standUp = command({
  name: "standUp",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/not_prone",
    "combat/no_movement",
  ],
  about: "Gets up for half of the movement",
  example: { character: "c_aldric" },
  intent: ({ character }) => ({ type: "StandUp", character }),
});
