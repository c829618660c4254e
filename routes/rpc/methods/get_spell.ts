import { z } from "zod";
import { spellRecord } from "../../../host/content.ts";
import { RecordRef } from "../../wire/pieces.ts";
import { done, refuse } from "../call.ts";
import { query } from "../method.ts";

export const getSpell = query({
  name: "getSpell",
  since: 1,
  who: "account",
  params: z.strictObject({ spell: RecordRef }),
  result: z.object({ spell: z.looseObject({ id: z.string() }) }),
  cost: 1,
  errors: ["magic/unknown_spell"],
  about: "One spell's record",
  example: { spell: "magicMissile" },
  handler({ spell }) {
    const record = spellRecord(spell);
    return record === undefined ? refuse("magic/unknown_spell", { details: { spell } }) : done({ spell: record });
  },
});
