import { z } from "zod";
import { JOB_RESULT, jobAnswer } from "../job.ts";
import { control } from "../method.ts";

export const adminBackupCreate = control({
  name: "admin.backupCreate",
  since: 1,
  who: "admin",
  params: z.strictObject({}),
  result: JOB_RESULT,
  cost: 20,
  errors: [],
  about: "Begins a verified backup beside play, or answers with the one under way; `admin.jobGet` tells how it goes",
  example: {},
  run: (_params, admin) => jobAnswer(admin.backup()),
});
