/** How a job of the operator looks on the wire. */
import { z } from "zod";
import { type AdminJob, JOB_KINDS, JOB_STATES } from "../../host/admin.ts";
import { done, type Outcome } from "./call.ts";

export const JOB_RESULT = z.object({
  job: z.string(),
  kind: z.enum(JOB_KINDS),
  state: z.enum(JOB_STATES),
  askedAt: z.int(),
  endedAt: z.int().optional(),
  /** What came of it, when done. */
  result: z.looseObject({}).optional(),
  /** One sentence, when failed. */
  why: z.string().optional(),
});

export function jobAnswer({ id, ...rest }: AdminJob): Outcome {
  return done({ job: id, ...rest });
}
