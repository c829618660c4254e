import { z } from "zod";
import { CreatureRef, Seq, WorldRef } from "../../wire/pieces.ts";
import { within } from "../call.ts";
import { query, seat } from "../method.ts";

export const getOptions = query({
  name: "getOptions",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    world: WorldRef,
    character: CreatureRef.exactOptional(),
    minSeq: Seq.exactOptional(),
  }),
  result: z.object({
    world: z.string(),
    epoch: z.int(),
    seq: z.int(),
    options: z.array(z.looseObject({ intent: z.looseObject({ type: z.string() }) })),
  }),
  cost: 1,
  errors: ["stream/behind", "character/not_yours"],
  about: "What one may do now, each with its exact odds: for one character, or for the party as a whole",
  example: { world: "w_9fTq", character: "c_aldric" },
  async handler({ world, character, minSeq }, caller, { services }) {
    return within(world, await services.host.options(caller, world, character, minSeq));
  },
});
