/** A process that brings the store of a directory to the newest form, for whoever wants to kill it half-way. */
import { openStore } from "../open.ts";

const opened = await openStore({
  directory: Deno.args[0] ?? "",
  existing: true,
  version: "test",
  now: () => Date.now(),
  backUp: () => Promise.resolve("none"),
});
console.log("done");
await opened.close(true);
