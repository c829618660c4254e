import { z } from "zod";
import { done } from "../call.ts";
import { query } from "../method.ts";

export const sessionGet = query({
  name: "session.get",
  since: 1,
  who: "account",
  params: z.strictObject({}),
  result: z.object({ account: z.string(), name: z.string(), tier: z.string(), lang: z.string() }),
  cost: 1,
  errors: [],
  about: "Who the session belongs to",
  example: {},
  handler: (_params, { account, name, tier, lang }) => done({ account, name, tier, lang }),
});
