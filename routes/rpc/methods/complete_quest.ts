import { z } from "zod";
import { QuestRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const completeQuest = command({
  name: "completeQuest",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ quest: QuestRef }),
  cost: 2,
  errors: ["turn/wrong_mode", "quest/unknown", "quest/not_here", "quest/not_done", "quest/paid"],
  about: "Reports a commission whose steps are done; pays the reward, once",
  example: { quest: "q_1" },
  intent: ({ quest }) => ({ type: "CompleteQuest", quest }),
});
