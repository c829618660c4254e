import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const setPolicy = command({
  name: "setPolicy",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    character: CreatureRef,
    kind: z.enum(["opportunity", "shield"]),
    policy: z.enum(["always", "ask", "never"]),
  }),
  cost: 2,
  errors: [],
  about: "Says beforehand how a kind of reaction is answered",
  example: { character: "c_aldric", kind: "opportunity", policy: "always" },
  intent: (params) => ({ type: "SetPolicy", ...params }),
});
