/** `/health`, `/ready`, `/live`: for people, for load balancers, for supervisors. */
import type { HealthCheck, Host } from "../../host/api.ts";
import { worstOf } from "../../host/health.ts";

const NO_STORE = { "cache-control": "no-store" } as const;

/** Share of the connections there may be from which on somebody should look. */
const CROWDED = 0.9;

/** All checks: the host's and those of the doors. Degraded still answers 200: it works, but somebody should look. */
export function health(host: Host, doors: readonly HealthCheck[]): Response {
  const report = host.status();
  const checks = [...report.checks, ...doors];
  const status = worstOf(checks);
  const body = { ...report, status, checks };
  return Response.json(body, { status: status === "unhealthy" ? 503 : 200, headers: NO_STORE });
}

/** How many sockets are open, of as many as there are file descriptors for. */
export function checkConnections({ size, most }: { readonly size: number; readonly most: number }): HealthCheck {
  return {
    name: "connections",
    status: size < most * CROWDED ? "ok" : "warn",
    note: size < most ? `${size} of ${most}` : `${size} of ${most}: newcomers are refused`,
  };
}

/** Whether new players may be sent here: not while nothing can be stored. */
export function ready(host: Host, stopping: boolean): Response {
  const fine = !stopping && host.status().status !== "unhealthy";
  return Response.json({ ready: fine }, { status: fine ? 200 : 503, headers: NO_STORE });
}

/** Whether the process answers at all. */
export function live(): Response {
  return Response.json({ live: true }, { headers: NO_STORE });
}
