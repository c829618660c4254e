/** What the doctor says about one thing. */
export interface Finding {
  /** Stable name, for scripts. */
  readonly id: string;
  readonly status: "ok" | "warn" | "fail";
  /** What was found and what it means, one plain sentence. */
  readonly what: string;
  /** What to do about it. */
  readonly todo?: string;
}

export function well(id: string, what: string): Finding {
  return { id, status: "ok", what };
}

/** It works, but somebody should look. */
export function warn(id: string, what: string, todo: string): Finding {
  return { id, status: "warn", what, todo };
}

/** Players cannot play, or something may be lost. */
export function fail(id: string, what: string, todo: string): Finding {
  return { id, status: "fail", what, todo };
}

/** Bytes as people read them. */
export function mib(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0)} MiB`;
}

/** A span of time as people read it, from ms. */
export function span(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 120) return `${Math.round(minutes)} min`;
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}
