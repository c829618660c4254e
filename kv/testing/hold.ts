/** A process that opens the store of a directory and keeps it until its input ends; for the two-process test. */
import { openStore } from "../open.ts";
import { StoreRefused } from "../errors.ts";

try {
  const opened = await openStore({
    directory: Deno.args[0] ?? "",
    version: "0.1.0",
    address: "http://127.0.0.1:1",
    now: () => Date.now(),
  });
  console.log("open");
  await Deno.stdin.read(new Uint8Array(1));
  await opened.close(true);
} catch (fault) {
  if (!(fault instanceof StoreRefused)) throw fault;
  console.error(fault.message);
  Deno.exit(fault.exitCode);
}
