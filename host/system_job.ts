import type { Intent } from "../engine/types/command.ts";
import type { Answer } from "./api.ts";
import { homecoming } from "./homecoming.ts";
import type { Job } from "./job.ts";

/** A command of the server itself: no number and no receipt, because its rules name the turn they mean. */
export function systemJob(intent: Intent, answer: (answer: Answer) => void): Job {
  return {
    rid: `sys-${intent.type}`,
    prepare: () => ({ ok: true, by: { type: "system" }, intent }),
    also: (events) => ({ changes: homecoming(events) }),
    answer,
  };
}
