/** A world's seats: who plays, who leads, who comes and goes. */
export { emptyState } from "./empty.ts";
export { seatFold } from "./fold.ts";
export { sendHomeUnseated } from "./home.ts";
export { seatLegal } from "./legal.ts";
export { PARTY_MAX, presentSeats, seatRules } from "./rules.ts";
