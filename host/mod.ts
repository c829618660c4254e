/** The host's door: live worlds behind the contract of `api.ts`. */
export { createHost } from "./host.ts";
export { createMetrics, type HostMetrics } from "./metrics.ts";
export { worstOf } from "./health.ts";
export { type Clock, pause, systemClock } from "./clock.ts";
export type { HostDeps, HostOptions, LogLevel } from "./deps.ts";
export type { EnginePort } from "./engine_port.ts";
export type * from "./api.ts";
export { HOST_CODES } from "./api.ts";
