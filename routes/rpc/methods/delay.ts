import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const delay = command({
  name: "delay",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, after: CreatureRef }),
  cost: 2,
  errors: ["turn/wrong_mode", "turn/not_yours", "turn/prompt_open", "combat/bad_target", "combat/already_acted"],
  about: "Waits until another has had its turn",
  example: { character: "c_aldric", after: "c_brianna" },
  intent: ({ character, after }) => ({ type: "Delay", character, after }),
});
