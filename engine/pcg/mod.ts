/** Procedural generation: levels, what lives and lies in them, and the commissions about them. */
export { generateLevels, type GenerateOptions } from "./generate.ts";
