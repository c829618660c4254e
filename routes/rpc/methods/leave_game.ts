import { z } from "zod";
import { command, seat } from "../method.ts";

export const leaveGame = command({
  name: "leaveGame",
  since: 1,
  who: seat("member"),
  params: z.strictObject({}),
  cost: 2,
  errors: [],
  about: "Gives up the seat; its characters go home to their owner's roster at the next safe point",
  example: {},
  intent: () => ({ type: "LeaveGame" }),
});
