import { z } from "zod";
import { spellRecords } from "../../../host/content.ts";
import { CLASSES } from "../../../engine/types/names.ts";
import { done } from "../call.ts";
import { query } from "../method.ts";

export const getAllSpells = query({
  name: "getAllSpells",
  since: 1,
  who: "account",
  params: z.strictObject({
    level: z.int().min(0).max(9).exactOptional(),
    class: z.enum(CLASSES).exactOptional(),
    offset: z.int().min(0).max(10_000).default(0),
    limit: z.int().min(1).max(100).default(50),
  }),
  result: z.object({ spells: z.array(z.looseObject({ id: z.string() })), total: z.int(), offset: z.int() }),
  cost: 5,
  errors: [],
  about: "The spell list by level and name, a page at a time",
  example: { level: 1, limit: 20 },
  handler({ level, class: classId, offset, limit }) {
    const spells = spellRecords().filter((spell) =>
      (level === undefined || spell.level === level) && (classId === undefined || spell.classes.includes(classId))
    );
    return done({ spells: spells.slice(offset, offset + limit), total: spells.length, offset });
  },
});
