/** V6, V7, V8 and V9: budgets of experience and treasure, hardness, rest. */
import { item } from "../../content/mod.ts";
import type { Group, Level } from "../../types/area.ts";
import { FACINGS } from "../../types/names.ts";
import { cellKey, faceOf, floorCells, neighbour, zoneAt } from "../../world/geometry.ts";
import { areaBudget, budgetOf, treasureFor } from "../budget.ts";
import { cellIndex, stepsFrom } from "../draft.ts";
import type { Fault, LevelInput } from "./fault.ts";

/** Percent a level's experience and treasure may be off. */
const XP_OFF = 15;
const TREASURE_OFF = 20;
/** Steps from the entry within which the first fight is low at most. */
const FIRST_STEPS = 10;
/** Fights per safe cell. */
const FIGHTS_PER_REST = 8;

const percentOff = (value: number, wanted: number) =>
  wanted === 0 ? 100 : Math.floor((Math.abs(value - wanted) * 100) / wanted);

function xpOf(level: Level): number {
  return Object.values(level.groups).reduce((sum, group) => sum + group.xp, 0);
}

/** V6: the groups' experience is within 15 % of the level's budget. */
export function checkXp({ level, strength }: LevelInput): readonly Fault[] {
  const [xp, budget] = [xpOf(level), areaBudget(strength)];
  if (percentOff(xp, budget) <= XP_OFF) return [];
  return [{ rule: "V6", at: level.id, what: `experience must be within ${XP_OFF} % of ${budget}: got ${xp}` }];
}

/** V7: coins and things are within 20 % of what the level's experience is worth. */
export function checkTreasure({ level }: LevelInput): readonly Fault[] {
  const worth = Object.values(level.caches).reduce(
    (sum, cache) => sum + cache.coins + cache.items.reduce((all, one) => all + item(one.item).price * one.count, 0),
    0,
  );
  const budget = treasureFor(xpOf(level));
  if (percentOff(worth, budget) <= TREASURE_OFF) return [];
  return [{
    rule: "V7",
    at: level.id,
    what: `treasure must be within ${TREASURE_OFF} % of ${budget} copper: got ${worth}`,
  }];
}

/** V8: the first fight is low at most, the boss high at most, and nobody is over high. */
export function checkHardness({ level, strength }: LevelInput): readonly Fault[] {
  const faults: Fault[] = [];
  const high = budgetOf("high", strength);
  for (const group of Object.values(level.groups)) {
    if (group.xp > high) {
      faults.push({ rule: "V8", at: group.id, what: `no group may be worth more than ${high}: got ${group.xp}` });
    }
  }
  const low = budgetOf("low", strength);
  const steps = walk(level);
  const far = (group: Group) => steps[cellIndex(group.at)] ?? -1;
  const near = Object.values(level.groups).filter((group) => far(group) >= 0 && far(group) <= FIRST_STEPS);
  for (const group of near) {
    if (group.xp > low) {
      faults.push({ rule: "V8", at: group.id, what: `the first fight must be low (${low}): got ${group.xp}` });
    }
  }
  return faults;
}

/** Steps from the entry over every door. */
function walk(level: Level): Int16Array {
  const ways = new Int16Array(256 * 4).fill(-1);
  for (const at of floorCells(level)) {
    FACINGS.forEach((facing, side) => {
      if (faceOf(level, at, facing).type !== "wall") ways[cellIndex(at) * 4 + side] = cellIndex(neighbour(at, facing));
    });
  }
  return stepsFrom(ways, cellIndex(level.entry.at));
}

/** V9: one safe cell per eight fights, and none of them where somebody waits. */
export function checkRest({ level }: LevelInput): readonly Fault[] {
  const groups = Object.values(level.groups);
  const busy = new Set(groups.map((group) => cellKey(group.at)));
  const safe = floorCells(level).filter((at) => zoneAt(level, at)?.safe === true && !busy.has(cellKey(at)));
  const wanted = Math.ceil(groups.length / FIGHTS_PER_REST);
  if (safe.length >= wanted) return [];
  return [{ rule: "V9", at: level.id, what: `a level must have ${wanted} safe cells: got ${safe.length}` }];
}
