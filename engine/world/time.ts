/** The clock of peace: effects run on, lights burn down, something may come along. */
import type { Play } from "../core/play.ts";
import { tickPeace } from "../effects/mod.ts";
import { checkWanderers } from "../encounter/wander.ts";
import { bringBack } from "./collapse.ts";
import { ableParty } from "./look.ts";

/** Seconds between two wandering checks while exploring. */
export const WANDER_PERIOD = 600;

/** Time goes by and nobody comes: effects tick in time order, a light that is used up goes out. True when it did. */
export function letTimePass(play: Play, seconds: number): boolean {
  play.emit({ type: "TimePassed", seconds });
  tickPeace(play, seconds);
  const light = play.state.party.light;
  const dark = light !== null && light.until <= play.state.clock;
  if (dark) play.emit({ type: "LightWentOut" });
  return dark;
}

/**
 * Lets time go by. Effects tick in time order, a light that is used up goes out, and for each ten minutes begun while exploring one
 * wandering check is made. True when the party may go on undisturbed.
 */
export function passTime(play: Play, seconds: number): boolean {
  const before = play.state.clock;
  const dark = letTimePass(play, seconds);
  if (play.state.mode !== "explore") return false;
  if (play.state.party.order.length > 0 && ableParty(play.state).length === 0) {
    bringBack(play);
    return false;
  }
  const checks = Math.floor(play.state.clock / WANDER_PERIOD) - Math.floor(before / WANDER_PERIOD);
  for (let i = 0; i < checks; i += 1) {
    if (checkWanderers(play)) return false;
  }
  return !dark;
}
