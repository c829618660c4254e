/** Procedural generation: levels, what lives and lies in them, and the commissions about them. */
export { type Area, generateLevels, type GenerateOptions } from "./generate.ts";
export { type Fault, validateArea, validateLevel } from "./validate/mod.ts";
