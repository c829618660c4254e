/** What every act of the party begins with: there is one, and somebody of it stands. */
import type { Play } from "../core/play.ts";
import { reject } from "../core/rule.ts";
import { sendHomeUnseated } from "../seats/home.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { bringBack } from "./collapse.ts";
import { ableParty } from "./look.ts";

/** Why nobody can walk at all: there is no party. */
export function partyFault(state: WorldState): Rejection | undefined {
  return state.party.order.length === 0 ? reject("character/none") : undefined;
}

/**
 * Every act of the party begins here. Who lost their player goes home; a party of which nobody stands is brought back first, and that
 * is all that happens (`true`).
 */
export function gather(play: Play): boolean {
  sendHomeUnseated(play);
  if (play.state.party.order.length === 0 || ableParty(play.state).length > 0) return false;
  bringBack(play);
  return true;
}
