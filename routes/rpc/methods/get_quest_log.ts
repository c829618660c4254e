import { z } from "zod";
import { Seq, WorldRef } from "../../wire/pieces.ts";
import { done } from "../call.ts";
import { query, seat } from "../method.ts";

export const getQuestLog = query({
  name: "getQuestLog",
  since: 1,
  who: seat("member"),
  params: z.strictObject({ world: WorldRef, minSeq: Seq.exactOptional() }),
  result: z.object({ world: z.string(), epoch: z.int(), seq: z.int(), quests: z.array(z.looseObject({})) }),
  cost: 1,
  errors: ["stream/behind"],
  about: "All commissions the party knows, as the journal shows them",
  example: { world: "w_9fTq" },
  async handler({ world, minSeq }, caller, { services }) {
    const answer = await services.host.view(caller, world, "party", minSeq);
    if (!answer.ok) return answer;
    const { epoch, seq, view } = answer.result;
    return done({ world, epoch, seq, quests: "quests" in view ? Object.values(view.quests) : [] });
  },
});
