import { z } from "zod";
import { done } from "../call.ts";
import { query } from "../method.ts";

export const worldList = query({
  name: "world.list",
  since: 1,
  who: "account",
  params: z.strictObject({}),
  result: z.object({ worlds: z.array(z.looseObject({ world: z.string(), name: z.string() })) }),
  cost: 5,
  errors: ["account/damaged"],
  about: "The worlds in which the caller has a seat",
  example: {},
  async handler(_params, caller, { services }) {
    return done({ worlds: await services.host.worlds(caller) });
  },
});
