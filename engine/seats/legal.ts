import type { LegalList } from "../core/rule.ts";
import type { PlayerIntent } from "../types/command.ts";
import { presentSeats } from "./rules.ts";

/** Giving the lead to each other seat. Leaving and talk are always possible and never listed: no bot should leave by accident. */
export const seatLegal: LegalList = (state, who) => {
  if (who.seat === null || !state.seats[who.seat]?.roles.includes("leader")) return [];
  return presentSeats(state).flatMap((seat): readonly PlayerIntent[] =>
    seat.id === who.seat ? [] : [{ type: "GiveLead", seat: seat.id }]
  );
};
