import { z } from "zod";
import { command, seat } from "../method.ts";

export const worldEnd = command({
  name: "world.end",
  since: 1,
  who: seat("host"),
  params: z.strictObject({ name: z.string().min(1).max(160) }),
  result: z.object({ seed: z.string(), seedHash: z.string() }),
  cost: 5,
  errors: ["world/wrong_name"],
  about: "Ends the world for good: its characters go home and its seed is revealed. `name` is the world's, typed again",
  example: { name: "Ash Hollow" },
  intent: ({ name }) => ({ type: "EndWorld", name }),
  extras: (events) => {
    const ended = events.find((event) => event.type === "WorldEnded");
    return ended === undefined ? {} : { seed: ended.seed, seedHash: ended.seedHash };
  },
});
