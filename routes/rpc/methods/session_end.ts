import { z } from "zod";
import { done } from "../call.ts";
import { control } from "../method.ts";

export const sessionEnd = control({
  name: "session.end",
  since: 1,
  who: "account",
  params: z.strictObject({}),
  result: z.object({ ended: z.literal(true) }),
  cost: 1,
  errors: [],
  about: "Ends the session, its cookie and its sockets",
  example: {},
  async handler(_params, caller, { context, services }) {
    await services.host.endSession(caller);
    context.reply.cookie = "ended";
    (context.reply.after ??= []).push(() => services.endSockets(caller.session));
    return done({ ended: true });
  },
});
