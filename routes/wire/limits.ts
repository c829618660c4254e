/** Limits the JSON-RPC specification lacks (protocol, sections 4 and 10). */
export const LIMITS = {
  /** Bytes of an HTTP body, counted while reading. */
  bodyBytes: 256 * 1024,
  /** Characters of a socket's frame; above it nothing is parsed. */
  frameLength: 64 * 1024,
  batch: 20,
  depth: 16,
  methodName: 64,
  idLength: 128,
  issues: 10,
  deadlineMs: 10_000,
  /** `events.list` may wait. */
  waitDeadlineMs: 30_000,
  /** How long stopping waits for calls under way. */
  drainMs: 5_000,
  callsInFlight: 32,
  subscriptions: 8,
  framesAtOnce: 80,
  framesPerSecond: 40,
  silenceMs: 60_000,
  slowBytes: 1024 * 1024,
  slowMs: 5_000,
  stuckBytes: 4 * 1024 * 1024,
  socketsPerSession: 8,
  socketsPerAddress: 64,
  strikes: 3,
  strikeMs: 600_000,
} as const;
