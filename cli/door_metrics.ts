import type { HostMetrics } from "../host/metrics.ts";
import type { DoorMetrics } from "../routes/deps.ts";

/** What the doors count, in the one registry of the process. */
export function doorMetrics(metrics: HostMetrics): DoorMetrics {
  return {
    contentType: metrics.registry.contentType,
    text: () => metrics.registry.metrics(),
    request({ method, version, code }, seconds) {
      metrics.rpcRequests.inc({ method, version, code });
      metrics.rpcSeconds.observe({ method }, seconds);
    },
    socketOpened: () => metrics.sockets.inc(),
    socketClosed(code) {
      metrics.sockets.dec();
      metrics.socketCloses.inc({ code: String(code) });
    },
    undocumented: (method) => metrics.undocumentedCodes.inc({ method }),
  };
}
