import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const slip = command({
  name: "slip",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef }),
  cost: 2,
  errors: ["character/not_yours", "turn/not_yours", "turn/wrong_mode", "combat/no_action"],
  about: "Provokes no opportunity attacks for the rest of the turn",
  example: { character: "c_aldric" },
  intent: ({ character }) => ({ type: "Slip", character }),
});
