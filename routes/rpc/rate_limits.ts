/** Token buckets paid from address, session and account together (protocol, section 10). */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { RequestContext } from "./call.ts";

/** Tokens at once, tokens per second. */
interface Tier {
  readonly burst: number;
  readonly rate: number;
}

const TIERS = {
  address: { burst: 300, rate: 10 },
  /** A step and the options after it cost 3, and a step takes a quarter of a second on the screen: held arrow keys must not meet a limit. */
  guest: { burst: 120, rate: 12 },
  account: { burst: 120, rate: 12 },
  /** An account over all its sessions. */
  sessions: { burst: 240, rate: 24 },
  admin: { burst: 600, rate: 60 },
} as const satisfies Readonly<Record<string, Tier>>;

/** Seconds after which a spent burst is whole again. */
const BURST_SECONDS = 60;

export interface Charge {
  readonly ok: boolean;
  readonly retryAfterMs: number;
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
  readonly policy: string;
}

export interface RateLimits {
  /** undefined: nothing is counted, the call may go on at once. */
  charge(context: Pick<RequestContext, "caller" | "admin" | "address">, cost: number): Promise<Charge> | undefined;
}

/** When counting itself fails, play goes on. */
export const UNCOUNTED: Charge = { ok: true, retryAfterMs: 0, limit: 0, remaining: 0, resetMs: 0, policy: "" };

/** No limits: for tests and measurements. */
export const NO_LIMITS: RateLimits = { charge: () => undefined };

export function createRateLimits(isTrusted: (address: string) => boolean): RateLimits {
  const buckets = {
    address: createBucket("address"),
    guest: createBucket("guest"),
    account: createBucket("account"),
    sessions: createBucket("sessions"),
    admin: createBucket("admin"),
  };

  return {
    charge({ caller, admin, address }, cost) {
      if (admin === true) return pay("admin", [buckets.admin("", cost)]);
      if (caller !== undefined) {
        return pay(caller.tier, [
          buckets[caller.tier](caller.session, cost),
          buckets.sessions(caller.account, cost),
        ]);
      }
      return isTrusted(address) ? undefined : pay("address", [buckets.address(address, cost)]);
    },
  };
}

interface Payment {
  readonly ok: boolean;
  readonly remaining: number;
  readonly resetMs: number;
}

async function pay(tier: keyof typeof TIERS, payments: readonly Promise<Payment>[]): Promise<Charge> {
  const { burst, rate } = TIERS[tier];
  const made = await Promise.all(payments);
  const ok = made.every((payment) => payment.ok);
  const resetMs = Math.max(...made.map((payment) => payment.resetMs));
  return {
    ok,
    retryAfterMs: ok ? 0 : Math.max(1, ...made.filter((payment) => !payment.ok).map((payment) => payment.resetMs)),
    limit: burst + rate,
    remaining: Math.min(...made.map((payment) => payment.remaining)),
    resetMs,
    policy: `${rate};w=1, ${burst};w=${BURST_SECONDS}`,
  };
}

/** `rate` tokens in each second, and beyond them a reserve of `burst` that is whole again within a minute. */
function createBucket(name: keyof typeof TIERS): (key: string, cost: number) => Promise<Payment> {
  const { burst, rate } = TIERS[name];
  const steady = new RateLimiterMemory({ keyPrefix: name, points: rate, duration: 1 });
  const reserve = new RateLimiterMemory({ keyPrefix: `${name}Burst`, points: burst, duration: BURST_SECONDS });
  return async (key, cost) => {
    const first = await take(steady, key, cost);
    if (first.ok) return { ...first, remaining: first.remaining + burst };
    const second = await take(reserve, key, cost);
    // What fits into one second comes back with the next one; more than that has to wait for the reserve.
    return second.ok || cost > rate ? second : { ...second, resetMs: first.resetMs };
  };
}

async function take(limiter: RateLimiterMemory, key: string, cost: number): Promise<Payment> {
  try {
    const { remainingPoints, msBeforeNext } = await limiter.consume(key, cost);
    return { ok: true, remaining: remainingPoints, resetMs: msBeforeNext };
  } catch (refused) {
    // The library refuses by rejecting with its state; anything else is a fault.
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return { ok: false, remaining: 0, resetMs: refused.msBeforeNext };
  }
}
