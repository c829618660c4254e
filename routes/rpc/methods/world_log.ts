import { z } from "zod";
import { WorldRef } from "../../wire/pieces.ts";
import { within } from "../call.ts";
import { query, seat } from "../method.ts";

/** Entries of one answer at most; long ones make it fewer. */
const LIMIT = 200;

export const worldLog = query({
  name: "world.log",
  since: 1,
  who: seat("member"),
  params: z.strictObject({
    world: WorldRef,
    after: z.int().min(0).max(2 ** 40).default(0),
    limit: z.int().min(1).max(LIMIT).default(100),
  }),
  result: z.object({
    world: z.string(),
    seed: z.string(),
    seedHash: z.string(),
    rules: z.int(),
    head: z.int(),
    entries: z.array(z.object({
      n: z.int(),
      at: z.int(),
      epoch: z.int(),
      actor: z.string(),
      rules: z.int().optional(),
      command: z.looseObject({ type: z.string() }),
      events: z.array(z.looseObject({ type: z.string() })),
    })),
  }),
  cost: 5,
  errors: ["world/not_ended", "world/log_gone"],
  about: "Commands and events of a world that has ended, from entry `after` + 1 on: enough to check every die",
  example: { world: "w_9fTq", after: 0, limit: 100 },
  async handler({ world, after, limit }, caller, { services }) {
    return within(world, await services.host.log(caller, { world, after, limit }));
  },
});
