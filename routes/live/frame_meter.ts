import type { Clock } from "../../host/clock.ts";
import { LIMITS } from "../wire/limits.ts";

/** Frames of one socket: so many at once, so many a second. */
export interface FrameMeter {
  /** Ms to wait before the next frame is read; 0: this one may pass. */
  take(): number;
  /** Whether the peer has ignored three refusals in a row. */
  ignored(): boolean;
}

export function createFrameMeter(clock: Pick<Clock, "monotonic">): FrameMeter {
  let tokens: number = LIMITS.framesAtOnce;
  let at = clock.monotonic();
  let refused = 0;
  let heedAt = 0;
  return {
    take() {
      const now = clock.monotonic();
      tokens = Math.min(LIMITS.framesAtOnce, tokens + ((now - at) / 1000) * LIMITS.framesPerSecond);
      at = now;
      if (tokens >= 1) {
        tokens -= 1;
        refused = 0;
        return 0;
      }
      const wait = Math.ceil(((1 - tokens) / LIMITS.framesPerSecond) * 1000);
      if (now < heedAt) refused++;
      heedAt = now + wait;
      return wait;
    },
    ignored: () => refused >= 3,
  };
}
