import { z } from "zod";
import { query } from "../method.ts";

export const rosterList = query({
  name: "roster.list",
  since: 1,
  who: "account",
  params: z.strictObject({}),
  result: z.object({
    nextCseq: z.int(),
    characters: z.array(z.looseObject({})),
    rolls: z.array(z.array(z.int())),
    rerollsLeft: z.int(),
  }),
  cost: 1,
  errors: ["account/damaged"],
  about: "The caller's characters and rolled scores, and the next cseq of commands to the account",
  example: {},
  handler: (_params, caller, { services }) => services.host.roster(caller),
});
