import { z } from "zod";
import { done } from "../call.ts";
import { query } from "../method.ts";

export const ping = query({
  name: "ping",
  since: 1,
  who: "anyone",
  params: z.strictObject({}),
  result: z.object({ time: z.int(), heads: z.array(z.looseObject({ world: z.string(), seq: z.int() })) }),
  cost: 1,
  errors: [],
  about: "Server time, and on a socket the head of each followed stream, so that silent loss shows",
  example: {},
  open: (_params, { context, services }) =>
    done({
      time: services.clock.now(),
      heads: context.link === undefined ? [] : services.host.heads(context.link.id),
    }),
});
