import { z } from "zod";
import { CreatureRef, PointRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const openDoor = command({
  name: "openDoor",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, square: PointRef }),
  cost: 2,
  errors: ["character/not_yours", "turn/not_yours", "turn/wrong_mode", "move/nothing_there"],
  about: "Opens or shuts a door beside the character in a battle",
  example: { character: "c_aldric", square: [24, 11] },
  intent: ({ character, square }) => ({ type: "OpenDoor", character, square }),
});
