import { z } from "zod";
import { AudienceRef, Epoch, Seq, WorldRef } from "../../wire/pieces.ts";
import { within } from "../call.ts";
import { query, seat } from "../method.ts";

export const eventsList = query({
  name: "events.list",
  since: 1,
  who: seat("member"),
  params: z.strictObject({
    world: WorldRef,
    audience: AudienceRef.default("party"),
    epoch: Epoch.exactOptional(),
    afterSeq: Seq.exactOptional(),
    waitMs: z.int().min(0).max(25_000).exactOptional(),
  }),
  result: z.looseObject({
    world: z.string(),
    mode: z.enum(["live", "gap", "snapshot"]),
    epoch: z.int(),
    seq: z.int(),
    messages: z.array(z.looseObject({})),
  }),
  cost: 5,
  waits: true,
  errors: [],
  about: "A stream by polling: whatever follows `afterSeq`, always up to the head; `waitMs` holds the call until then",
  example: { world: "w_9fTq", audience: "party", afterSeq: 0 },
  async handler(input, caller, { services }) {
    return within(input.world, await services.host.events(caller, input));
  },
});
