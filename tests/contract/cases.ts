/**
 * One row for each thing a method may answer by the rules: the scene, who asks, the params and the code, `ok` for success.
 * What every method of a kind may answer (wrong mode, not mine, not leader ...) is asked by loops in the test itself.
 */
import type { Case } from "./case.ts";
import { BATTLE } from "./cases_battle.ts";
import { PEACE } from "./cases_peace.ts";

export const CASES: readonly Case[] = [...PEACE, ...BATTLE];
