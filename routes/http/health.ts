/** `/health`, `/ready`, `/live`: for people, for load balancers, for supervisors. */
import type { Host } from "../../host/api.ts";

const NO_STORE = { "cache-control": "no-store" } as const;

/** All checks. Degraded still answers 200: it works, but somebody should look. */
export function health(host: Host): Response {
  const report = host.status();
  return Response.json(report, { status: report.status === "unhealthy" ? 503 : 200, headers: NO_STORE });
}

/** Whether new players may be sent here. */
export function ready(host: Host, stopping: boolean): Response {
  const fine = !stopping && host.status().status !== "unhealthy";
  return Response.json({ ready: fine }, { status: fine ? 200 : 503, headers: NO_STORE });
}

/** Whether the process answers at all. */
export function live(): Response {
  return Response.json({ live: true }, { headers: NO_STORE });
}
