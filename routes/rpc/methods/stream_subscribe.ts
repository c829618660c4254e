import { z } from "zod";
import { AudienceRef, Cseq, Epoch, Lane, Seq, WorldRef } from "../../wire/pieces.ts";
import { refuse } from "../call.ts";
import { control, seat } from "../method.ts";

export const streamSubscribe = control({
  name: "stream.subscribe",
  since: 1,
  who: seat("member"),
  params: z.strictObject({
    world: WorldRef,
    audience: AudienceRef.default("party"),
    epoch: Epoch.exactOptional(),
    lastSeq: Seq.exactOptional(),
    lane: Lane.default(0),
    lastCseq: Cseq.exactOptional(),
  }),
  result: z.looseObject({
    world: z.string(),
    mode: z.enum(["snapshot", "live", "gap"]),
    audience: z.string(),
    epoch: z.int(),
    seq: z.int(),
    nextCseq: z.int(),
    seat: z.string(),
  }),
  cost: 2,
  errors: ["rpc/invalid_request", "limit/connections"],
  about: "Follows a stream on this socket: the whole gap or a snapshot, then a `resumed` marker, then live",
  example: { world: "w_9fTq", audience: "party", lane: 0 },
  async handler(request, caller, { context }) {
    if (context.link === undefined) return refuse("rpc/invalid_request", { details: { reason: "socketOnly" } });
    return await context.link.subscribe(caller, request);
  },
});
