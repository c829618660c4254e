/** What may go wrong in a run. Each seed has some of it only: faults that hide behind others show when those are away. */
import type { Chance } from "./chance.ts";

export interface Weather {
  /** Longest way of a message between client and server, ms. */
  readonly latency: number;
  /** Longest time of a commit, ms. */
  readonly commit: number;
  /** Share of HTTP calls that are lost, on their way there or back, and of those that arrive twice. */
  readonly loss: number;
  readonly repeats: number;
  /** Longest time after which a promise of `soon` is kept, ms. */
  readonly lag: number;
  /** Share of commits that are refused, that throw before, or after they were applied, or that stall. */
  readonly refuse: number;
  readonly before: number;
  readonly after: number;
  readonly stall: number;
  /** Share of reads that fail. */
  readonly reads: number;
  /** Calls a session may make: so much at once, so much a second; undefined: as many as it likes. */
  readonly tokens?: { readonly burst: number; readonly rate: number };
}

export const CALM: Weather = {
  latency: 20,
  commit: 4,
  loss: 0,
  repeats: 0,
  lag: 2,
  refuse: 0,
  before: 0,
  after: 0,
  stall: 0,
  reads: 0,
};

/** Share of the runs in which players meet limits. */
const LIMITED = 0.15;

export function drawWeather(chance: Chance): Weather {
  const some = (share: number, most: number) => chance.happens(share) ? chance.next() * most : 0;
  return {
    latency: chance.pick([5, 50, 400]),
    commit: chance.pick([1, 5, 60]),
    loss: some(0.5, 0.15),
    repeats: some(0.5, 0.2),
    lag: chance.pick([1, 10, 100]),
    refuse: some(0.3, 0.1),
    before: some(0.4, 0.15),
    after: some(0.4, 0.15),
    stall: some(0.2, 0.03),
    reads: some(0.3, 0.05),
    ...(chance.happens(LIMITED) ? { tokens: { burst: chance.int(4, 20), rate: chance.int(2, 8) } } : {}),
  };
}
