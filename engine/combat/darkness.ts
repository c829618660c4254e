/** Fighting without light (SRD 5.1, Vision and Light; Unseen Attackers and Targets). One level of light for the whole field. */
import type { WorldState } from "../types/state.ts";
import { zoneAt } from "../world/geometry.ts";

/** Whether the field lies in darkness: a dark zone, the party's light out, no camp fire. */
export function isDark(state: WorldState): boolean {
  const { party, levels, battle, clock } = state;
  const level = levels[party.level];
  if (!level || zoneAt(level, party.at)?.light !== "dark" || battle?.camp) return false;
  return party.light === null || party.light.until <= clock;
}
