import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const endTurn = command({
  name: "endTurn",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef }),
  cost: 2,
  errors: ["turn/wrong_mode", "turn/not_yours", "turn/prompt_open"],
  about: "Ends the turn of a combatant",
  example: { character: "c_aldric" },
  intent: ({ character }) => ({ type: "EndTurn", character }),
});
