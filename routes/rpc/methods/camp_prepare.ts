import { z } from "zod";
import { CreatureRef, RecordRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const campPrepare = command({
  name: "camp.prepare",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, spells: z.array(RecordRef).max(40) }),
  cost: 2,
  errors: ["turn/wrong_mode", "character/no_feature", "magic/unknown_spell", "magic/no_slot", "magic/too_many"],
  about: "Chooses the spells a character has ready",
  example: { character: "c_dessa", spells: ["sleep", "magicMissile"] },
  intent: ({ character, spells }) => ({ type: "PrepareSpells", character, spells }),
});
