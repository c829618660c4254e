import { z } from "zod";
import { AudienceRef, Seq, WorldRef } from "../../wire/pieces.ts";
import { within } from "../call.ts";
import { query, seat } from "../method.ts";

export const getGameState = query({
  name: "getGameState",
  since: 1,
  who: seat("member"),
  params: z.strictObject({
    world: WorldRef,
    audience: AudienceRef.default("party"),
    minSeq: Seq.exactOptional(),
  }),
  result: z.object({
    world: z.string(),
    epoch: z.int(),
    seq: z.int(),
    seat: z.string(),
    view: z.looseObject({}),
  }),
  cost: 1,
  errors: ["stream/behind"],
  about: "What the caller may see of a world, at least as new as `minSeq`",
  example: { world: "w_9fTq" },
  async handler({ world, audience, minSeq }, caller, { services }) {
    return within(world, await services.host.view(caller, world, audience, minSeq));
  },
});
