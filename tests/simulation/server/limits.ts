/** Rate limits on simulated time: token buckets by session, as full as the weather says. */
import type { Charge, RateLimits } from "../../../routes/rpc/rate_limits.ts";
import type { Agenda } from "./agenda.ts";
import type { Weather } from "./weather.ts";

/**
 * What stands in for the buckets of `routes/rpc/rate_limits.ts`, which go by the clock of the runtime. Who is counted,
 * what a call costs and what becomes of a refused one is the doors' own.
 */
export function simLimits(agenda: Agenda, weather: () => Weather): RateLimits {
  const buckets = new Map<string, { tokens: number; at: number }>();

  return {
    charge({ caller }, cost) {
      const { tokens } = weather();
      if (tokens === undefined || caller === undefined) return undefined;
      const { burst, rate } = tokens;
      const bucket = buckets.get(caller.session) ?? { tokens: burst, at: agenda.now };
      buckets.set(caller.session, bucket);
      bucket.tokens = Math.min(burst, bucket.tokens + ((agenda.now - bucket.at) / 1_000) * rate);
      bucket.at = agenda.now;
      const ok = bucket.tokens >= cost;
      if (ok) bucket.tokens -= cost;
      const wait = Math.ceil(((Math.min(cost, burst) - bucket.tokens) / rate) * 1_000);
      const charge: Charge = {
        ok,
        retryAfterMs: ok ? 0 : Math.max(1, wait),
        limit: burst,
        remaining: Math.floor(bucket.tokens),
        resetMs: wait,
        policy: "",
      };
      return Promise.resolve(charge);
    },
  };
}
