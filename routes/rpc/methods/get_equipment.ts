import { z } from "zod";
import { CreatureRef, Seq, WorldRef } from "../../wire/pieces.ts";
import { done, refuse } from "../call.ts";
import { query, seat } from "../method.ts";

export const getEquipment = query({
  name: "getEquipment",
  since: 1,
  who: seat("member"),
  params: z.strictObject({ world: WorldRef, character: CreatureRef, minSeq: Seq.exactOptional() }),
  result: z.object({
    world: z.string(),
    epoch: z.int(),
    seq: z.int(),
    character: z.string(),
    worn: z.record(z.string(), z.array(z.string())),
    pack: z.record(z.string(), z.looseObject({})),
    ac: z.int(),
    speed: z.int(),
  }),
  cost: 1,
  errors: ["stream/behind", "character/unknown"],
  about: "What a character carries and wears, with the numbers that follow from it",
  example: { world: "w_9fTq", character: "c_aldric" },
  async handler({ world, character, minSeq }, caller, { services }) {
    const answer = await services.host.view(caller, world, "party", minSeq);
    if (!answer.ok) return answer;
    const { epoch, seq, view } = answer.result;
    const who = "characters" in view ? view.characters[character] : undefined;
    if (who === undefined) return refuse("character/unknown", { epoch, seq });
    const { worn, pack, ac, speed } = who;
    return done({ world, epoch, seq, character, worn, pack, ac, speed });
  },
});
