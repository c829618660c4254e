import { z } from "zod";
import { AudienceRef, Epoch, Seq, WorldRef } from "../../wire/pieces.ts";
import { within } from "../call.ts";
import { control, seat } from "../method.ts";

const Hash = z.string().regex(/^[0-9a-f]{0,16}$/);

export const streamDesync = control({
  name: "stream.desync",
  since: 1,
  who: seat("member"),
  params: z.strictObject({
    world: WorldRef,
    audience: AudienceRef.default("party"),
    epoch: Epoch,
    seq: Seq,
    got: Hash.default(""),
    parts: z.record(z.string().regex(/^[a-zA-Z]{1,24}$/), Hash)
      .refine((parts) => Object.keys(parts).length <= 32, "at most 32").default({}),
  }),
  result: z.object({
    world: z.string(),
    epoch: z.int(),
    seq: z.int(),
    view: z.looseObject({}),
    hash: z.string(),
  }),
  cost: 5,
  errors: [],
  about: "Reports a patch that did not fit, with the hash of each top-level part; answers a snapshot to adopt",
  example: { world: "w_9fTq", audience: "party", epoch: 1795334400, seq: 13, got: "91b7c2200d4e8a35", parts: {} },
  async handler({ world, audience, epoch, seq, parts }, caller, { services }) {
    return within(world, await services.host.desync(caller, { world, audience, epoch, seq, parts }));
  },
});
