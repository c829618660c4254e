import { z } from "zod";
import { JOB_RESULT, jobAnswer } from "../job.ts";
import { control } from "../method.ts";

export const adminWorldImport = control({
  name: "admin.worldImport",
  since: 1,
  who: "admin",
  params: z.strictObject({ file: z.string().regex(/^[A-Za-z0-9_-]{1,80}\.goldbox$/) }),
  result: JOB_RESULT,
  cost: 50,
  errors: [],
  about: "Begins to take in a world from a file in `imports` of the data directory, once it replays to the same state",
  example: { file: "ash-hollow.goldbox" },
  run: ({ file }, admin) => jobAnswer(admin.importWorld(file)),
});
