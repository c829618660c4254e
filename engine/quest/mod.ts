/** Commissions: taken at the board, done by world events, paid once. */
export { questFold } from "./fold.ts";
export { isFulfilled, noteQuests } from "./note.ts";
export { questLegal, questRules } from "./rules.ts";
