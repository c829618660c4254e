import { z } from "zod";
import { WorldRef } from "../../wire/pieces.ts";
import { done } from "../call.ts";
import { inviteLink } from "../invite.ts";
import { query, seat } from "../method.ts";

export const worldInvite = query({
  name: "world.invite",
  since: 1,
  who: seat("member"),
  params: z.strictObject({ world: WorldRef }),
  result: z.object({ world: z.string(), invite: z.string() }),
  cost: 1,
  errors: [],
  about: "The link that lets friends take a seat",
  example: { world: "w_9fTq" },
  async handler({ world }, caller, { services, context }) {
    const answer = await services.host.invite(caller, world);
    return answer.ok ? done({ world, invite: inviteLink(context.publicUrl, world, answer.result.invite) }) : answer;
  },
});
