import { z } from "zod";
import { done } from "../call.ts";
import { query } from "../method.ts";

export const adminBackupList = query({
  name: "admin.backupList",
  since: 1,
  who: "admin",
  params: z.strictObject({}),
  result: z.object({
    backups: z.array(z.looseObject({ file: z.string(), takenAt: z.int(), bytes: z.int(), worlds: z.int() })),
  }),
  cost: 5,
  errors: [],
  about: "The verified backups, newest first",
  example: {},
  run: async (_params, admin) => done({ backups: await admin.backups() }),
});
