import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const delay = command({
  name: "delay",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, after: CreatureRef }),
  cost: 2,
  errors: ["character/not_yours", "turn/not_yours", "turn/wrong_mode", "combat/bad_target", "combat/already_acted"],
  about: "Waits until another has had its turn",
  example: { character: "c_aldric", after: "c_brianna" },
  intent: ({ character, after }) => ({ type: "Delay", character, after }),
});
