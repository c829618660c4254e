/**
 * What `deno task start` runs first: builds client and worker when they are missing or stale, and prints the directories
 * to which the server's permissions are then cut: of the data, and of the backups where they lie elsewhere. Everything
 * else goes to standard error.
 */
import { buildIfStale } from "./build_web.ts";

if (await buildIfStale()) console.error("Built the client into dist/web");
console.log(
  [Deno.env.get("GOLDBOX_DATA") || "./data", Deno.env.get("GOLDBOX_BACKUPS") ?? ""].filter(Boolean).join(","),
);
