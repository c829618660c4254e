import { assertEquals } from "@std/assert";
import type { Host, StatusReport } from "../../host/api.ts";
import { createSmallHost } from "../testing/small_host.ts";
import { checkConnections, health, live, ready } from "./health.ts";

/** A host whose checks say this. */
function hostThatIs(status: "ok" | "warn" | "fail"): Host {
  const words = { ok: "healthy", warn: "degraded", fail: "unhealthy" } as const;
  const host = createSmallHost();
  const report: StatusReport = {
    ...host.status(),
    status: words[status],
    checks: [{ name: "store", status, note: "so it is" }],
  };
  return { ...host, status: () => report };
}

Deno.test("/health is degraded when a door is crowded though the host is well, and says which check it was", async () => {
  const crowded = checkConnections({ size: 95, most: 100 });
  const response = health(hostThatIs("ok"), [crowded]);
  const { status, checks } = await response.json();

  assertEquals([response.status, status], [200, "degraded"]);
  assertEquals(checks, [
    { name: "store", status: "ok", note: "so it is" },
    { name: "connections", status: "warn", note: "95 of 100" },
  ]);
});

Deno.test("/health and /ready fail when nothing can be stored, /live does not", async () => {
  const ill = hostThatIs("fail");
  const report = health(ill, []);

  assertEquals([report.status, (await report.json()).status], [503, "unhealthy"]);
  assertEquals([ready(ill, false).status, ready(hostThatIs("warn"), false).status], [503, 200]);
  assertEquals([ready(hostThatIs("ok"), true).status, live().status], [503, 200]);
});

Deno.test("a server with room for no more connections says that newcomers are refused", () => {
  assertEquals(checkConnections({ size: 100, most: 100 }).note, "100 of 100: newcomers are refused");
  assertEquals(checkConnections({ size: 1, most: 100 }).status, "ok");
});
