import { z } from "zod";
import { CreatureRef, PointRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const openDoor = command({
  name: "openDoor",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, square: PointRef }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_action",
    "combat/not_adjacent",
    "move/nothing_there",
    "move/locked",
    "move/barred",
  ],
  about: "Opens or shuts a door beside the character in a battle",
  example: { character: "c_aldric", square: [24, 11] },
  intent: ({ character, square }) => ({ type: "OpenDoor", character, square }),
});
