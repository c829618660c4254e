import { z } from "zod";
import { WorldRef } from "../../wire/pieces.ts";
import { JOB_RESULT, jobAnswer } from "../job.ts";
import { control } from "../method.ts";

export const adminWorldExport = control({
  name: "admin.worldExport",
  since: 1,
  who: "admin",
  params: z.strictObject({ world: WorldRef }),
  result: JOB_RESULT,
  cost: 50,
  errors: [],
  about: "Begins to write a world as a signed file into `exports` of the data directory; the job's result names it",
  example: { world: "w_9fTq" },
  run: ({ world }, admin) => jobAnswer(admin.exportWorld(world)),
});
