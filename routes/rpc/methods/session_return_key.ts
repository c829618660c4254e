import { z } from "zod";
import { done } from "../call.ts";
import { control } from "../method.ts";

export const sessionReturnKey = control({
  name: "session.returnKey",
  since: 1,
  who: "account",
  params: z.strictObject({}),
  result: z.object({ key: z.string() }),
  cost: 5,
  errors: ["server/read_only", "account/damaged"],
  about: "Makes a key by which the player comes back from another browser (`session.return`); the key before it ends",
  example: {},
  async handler(_params, caller, { services }) {
    const answer = await services.host.returnKey(caller);
    return answer.ok ? done({ key: answer.result.key }) : answer;
  },
});
