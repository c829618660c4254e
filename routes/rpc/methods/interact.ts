import { z } from "zod";
import { INTERACT_HOW } from "../../../engine/types/command.ts";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const interact = command({
  name: "interact",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ how: z.enum(INTERACT_HOW), character: CreatureRef.exactOptional() }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "move/nothing_there",
    "move/locked",
    "move/barred",
    "move/no_key",
    "move/no_tools",
    "move/tried",
    "magic/not_prepared",
    "magic/no_slot",
    "item/stash_full",
    "character/unknown",
  ],
  about:
    "Does something at the edge ahead or on the cell under foot: opens, closes, unlocks, bashes, picks, knocks, climbs stairs, takes what lies there, has the temple by the board raise the dead",
  example: { how: "open" },
  intent: (params) => ({ type: "Interact", ...params }),
});
