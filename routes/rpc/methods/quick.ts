import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const quick = command({
  name: "quick",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, on: z.boolean() }),
  cost: 2,
  errors: [],
  about:
    "Lets the AI play a character until it is taken back; any command for it takes back what clock or absence gave",
  example: { character: "c_aldric", on: true },
  intent: ({ character, on }) => ({ type: "Quick", character, on }),
});
