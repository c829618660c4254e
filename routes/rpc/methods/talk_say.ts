import { z } from "zod";
import { Line } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const talkSay = command({
  name: "talk.say",
  since: 1,
  who: seat("member"),
  params: z.strictObject({ text: Line }),
  cost: 2,
  errors: ["talk/empty"],
  about: "Says a line to the party",
  example: { text: "To the left!" },
  intent: ({ text }) => ({ type: "Say", text }),
});
