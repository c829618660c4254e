/** Artificial opponents: one utility AI for monsters, Quick and the absent. */
export { nextIntent } from "./next.ts";
export { PERSONALITY_WEIGHTS, type Weights } from "./personalities.ts";
