/** How each personality weighs what it could do (game design 11.2). Hundredths would do; plain decimals read better. */
import type { Personality } from "../types/names.ts";

export interface Weights {
  readonly kill: number;
  readonly hurt: number;
  readonly bind: number;
  readonly mend: number;
  readonly friend: number;
  readonly risk: number;
  readonly thrift: number;
  readonly place: "contact" | "edge" | "rear" | "far" | "exits" | "nearest" | "followers" | "allies";
}

export const PERSONALITY_WEIGHTS: Readonly<Record<Personality, Weights>> = {
  brute: { kill: 1.5, hurt: 1, bind: 0.3, mend: 0, friend: 0.3, risk: 0.2, thrift: 0.1, place: "contact" },
  skirmisher: { kill: 1, hurt: 1, bind: 0.6, mend: 0, friend: 0.8, risk: 0.9, thrift: 0.3, place: "edge" },
  pack: { kill: 1.8, hurt: 1, bind: 0.6, mend: 0, friend: 0.6, risk: 0.5, thrift: 0.2, place: "rear" },
  shooter: { kill: 1.2, hurt: 1, bind: 0.5, mend: 0, friend: 1, risk: 1, thrift: 0.3, place: "far" },
  caster: { kill: 1, hurt: 0.9, bind: 1.5, mend: 0.5, friend: 1.2, risk: 1.2, thrift: 0.4, place: "far" },
  coward: { kill: 0.8, hurt: 0.8, bind: 0.4, mend: 0.2, friend: 0.4, risk: 2, thrift: 0.2, place: "exits" },
  mindless: { kill: 1, hurt: 1, bind: 0, mend: 0, friend: 0, risk: 0, thrift: 0, place: "nearest" },
  leader: { kill: 1.2, hurt: 1, bind: 0.8, mend: 1, friend: 1.2, risk: 0.7, thrift: 0.4, place: "followers" },
  conserve: { kill: 1.2, hurt: 1, bind: 0.8, mend: 1.5, friend: 3, risk: 1, thrift: 1.5, place: "allies" },
};
