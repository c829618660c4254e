/** Foes up to challenge 2 (SRD 5.1, Monsters); parts by challenge. */
import type { MonsterRecord } from "../types/content.ts";
import { MONSTERS_LOW } from "./monsters_low.ts";
import { MONSTERS_MIDDLE } from "./monsters_middle.ts";
import { MONSTERS_HIGH } from "./monsters_high.ts";

export const MONSTER_RECORDS: readonly MonsterRecord[] = [...MONSTERS_LOW, ...MONSTERS_MIDDLE, ...MONSTERS_HIGH];
