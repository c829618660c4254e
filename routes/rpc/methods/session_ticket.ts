import { z } from "zod";
import { done } from "../call.ts";
import { control } from "../method.ts";

export const sessionTicket = control({
  name: "session.ticket",
  since: 1,
  who: "account",
  params: z.strictObject({}),
  result: z.object({ ticket: z.string() }),
  cost: 2,
  errors: [],
  about: "A ticket for one `/ws?ticket=` within 30 s, for clients that cannot set headers",
  example: {},
  async handler(_params, caller, { services }) {
    return done({ ticket: await services.host.ticket(caller) });
  },
});
