import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const standUp = command({
  name: "standUp",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef }),
  cost: 2,
  errors: ["character/not_yours", "turn/not_yours", "turn/wrong_mode", "combat/not_prone"],
  about: "Gets up for half of the movement",
  example: { character: "c_aldric" },
  intent: ({ character }) => ({ type: "StandUp", character }),
});
