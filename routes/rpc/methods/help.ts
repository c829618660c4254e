import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const help = command({
  name: "help",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, ally: CreatureRef }),
  cost: 2,
  errors: ["character/not_yours", "turn/not_yours", "turn/wrong_mode", "combat/no_action", "combat/bad_target"],
  about: "Gives an ally advantage on the next attack",
  example: { character: "c_aldric", ally: "c_brianna" },
  intent: ({ character, ally }) => ({ type: "Help", character, ally }),
});
