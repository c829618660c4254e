/**
 * What `deno task start` runs first: builds the client when it is missing or stale, and prints the data directory, to
 * which the server's permissions are then cut. Everything else goes to standard error.
 */
import { buildIfStale } from "./build_web.ts";

if (await buildIfStale()) console.error("Built the client into dist/web");
console.log(Deno.env.get("GOLDBOX_DATA") || "./data");
