import { z } from "zod";
import { AudienceRef, WorldRef } from "../../wire/pieces.ts";
import { done, refuse } from "../call.ts";
import { control } from "../method.ts";

export const streamUnsubscribe = control({
  name: "stream.unsubscribe",
  since: 1,
  who: "account",
  params: z.strictObject({ world: WorldRef, audience: AudienceRef.default("party") }),
  result: z.object({ world: z.string(), audience: z.string() }),
  cost: 1,
  errors: ["rpc/invalid_request"],
  about: "Stops following a stream on this socket",
  example: { world: "w_9fTq", audience: "party" },
  handler({ world, audience }, _caller, { context }) {
    if (context.link === undefined) return refuse("rpc/invalid_request", { details: { reason: "socketOnly" } });
    context.link.unsubscribe(world, audience);
    return done({ world, audience });
  },
});
