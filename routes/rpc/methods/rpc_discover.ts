import { z } from "zod";
import { done } from "../call.ts";
import { query } from "../method.ts";

export const rpcDiscover = query({
  name: "rpc.discover",
  since: 1,
  who: "anyone",
  params: z.strictObject({}),
  result: z.looseObject({ openrpc: z.string(), methods: z.array(z.looseObject({ name: z.string() })) }),
  cost: 5,
  errors: [],
  about: "The OpenRPC description of this server",
  example: {},
  open: (_params, { services }) => done(services.describe()),
});
