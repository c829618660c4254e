import { z } from "zod";
import { QuestRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const startQuest = command({
  name: "startQuest",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ quest: QuestRef }),
  cost: 2,
  errors: ["turn/wrong_mode", "quest/unknown", "quest/not_here", "quest/not_offered"],
  about: "Accepts an offered commission at its board",
  example: { quest: "q_1" },
  intent: ({ quest }) => ({ type: "StartQuest", quest }),
});
