import { z } from "zod";
import { done } from "../call.ts";
import { query } from "../method.ts";

export const serverStatus = query({
  name: "server.status",
  since: 1,
  who: "anyone",
  params: z.strictObject({}),
  result: z.object({
    status: z.string(),
    version: z.string(),
    api: z.int(),
    time: z.int(),
    startedAt: z.int(),
    languages: z.array(z.string()),
  }),
  cost: 1,
  errors: [],
  about: "How the server is, for clients that cannot connect",
  example: {},
  open(_params, { services }) {
    const { status, version, startedAt } = services.host.status();
    return done({ status, version, api: 1, time: services.clock.now(), startedAt, languages: services.languages });
  },
});
