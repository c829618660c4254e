import { z } from "zod";
import { ABILITIES, BACKGROUNDS, CLASSES, CREATION_METHODS, LINEAGES, SKILLS } from "../../../engine/types/names.ts";
import { Choices, Colour, PersonName, RecordRef } from "../../wire/pieces.ts";
import { accountCommand } from "../method.ts";

const Score = z.int().min(3).max(18);

export const createCharacter = accountCommand({
  name: "createCharacter",
  since: 1,
  params: z.strictObject({
    name: PersonName,
    class: z.enum(CLASSES),
    lineage: z.enum(LINEAGES),
    background: z.enum(BACKGROUNDS).default("sellsword"),
    method: z.enum(CREATION_METHODS),
    assign: z.array(z.enum(ABILITIES)).length(6).exactOptional(),
    set: z.int().min(0).max(20).exactOptional(),
    scores: z.strictObject({ str: Score, dex: Score, con: Score, int: Score, wis: Score, cha: Score }).exactOptional(),
    skills: z.array(z.enum(SKILLS)).max(8).exactOptional(),
    spells: z.array(RecordRef).max(20).exactOptional(),
    choices: Choices.exactOptional(),
    icon: RecordRef.exactOptional(),
    colours: z.tuple([Colour, Colour]).exactOptional(),
  }),
  result: z.object({ character: z.looseObject({ id: z.string(), name: z.string() }) }),
  cost: 5,
  errors: ["character/bad_scores", "character/bad_choice", "character/no_rolls", "character/roster_full"],
  about: "Makes a character in the caller's roster by roll, standard array or point buy; kit comes from the class",
  example: {
    name: "Aldric",
    class: "fighter",
    lineage: "human",
    background: "sellsword",
    method: "standard",
    assign: ["str", "con", "dex", "wis", "cha", "int"],
  },
  intent: (params) => ({ type: "CreateCharacter", ...params }),
});
