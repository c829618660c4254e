import { z } from "zod";
import { SeatRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const giveLead = command({
  name: "giveLead",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ seat: SeatRef }),
  cost: 2,
  errors: ["character/unknown", "turn/over"],
  about: "Names another member leader of the party",
  example: { seat: "s_2" },
  intent: ({ seat }) => ({ type: "GiveLead", seat }),
});
