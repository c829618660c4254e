import { z } from "zod";
import { refuse } from "../call.ts";
import { JOB_RESULT, jobAnswer } from "../job.ts";
import { query } from "../method.ts";

export const adminJobGet = query({
  name: "admin.jobGet",
  since: 1,
  who: "admin",
  params: z.strictObject({ job: z.string().regex(/^j_[A-Za-z0-9]{1,40}$/) }),
  result: JOB_RESULT,
  cost: 1,
  errors: ["admin/unknown_job"],
  about: "How a job asked for by another of the operator's methods goes, and what came of it",
  example: { job: "j_9fTq" },
  run({ job }, admin) {
    const found = admin.job(job);
    return found === undefined ? refuse("admin/unknown_job") : jobAnswer(found);
  },
});
