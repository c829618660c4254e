/** Who lives where: eight groups or so by XP budget, weak ones near the entry, the boss at the goal (game design 12.2, 6). */
import { monster } from "../content/mod.ts";
import type { Dice, Rng } from "../core/rng.ts";
import type { Group } from "../types/area.ts";
import type { LevelId, Point } from "../types/ids.ts";
import type { Theme } from "../types/names.ts";
import { groupId } from "../world/ids.ts";
import { areaBudget, budgetOf, type Strength } from "./budget.ts";
import { compose } from "./band.ts";
import { cellIndex, type Draft, type DraftRoom, passages, stepsFrom } from "./draft.ts";
import { expand, freshName, type Grammar } from "./grammar.ts";

export interface GroupInput extends Strength {
  readonly id: LevelId;
  readonly theme: Theme;
  readonly grammar: Grammar;
  readonly taken: Set<string>;
  /** The last level's boss is the one a commission names. */
  readonly down?: unknown;
}

/** Nothing waits within this many steps of the entry. */
const PEACE_STEPS = 4;
/** Within this many steps a group is low at most. */
export const GENTLE_STEPS = 10;
/** XP of the weakest foe every theme has. */
const LEAST_XP = 25;

interface Site {
  readonly room: DraftRoom;
  readonly at: Point;
  readonly steps: number;
  readonly role: "boss" | "guard" | "plain";
}

/** Groups in the order of their distance from the entry, the boss last. */
export function placeGroups(rng: Rng, draft: Draft, input: GroupInput): readonly Group[] {
  const dice = rng.dice();
  const sites = chooseSites(dice, draft);
  const targets = plan(sites, input);
  const used = new Map<string, number>();
  let spare = 0;
  return sites.map((site, index) => {
    const { target, cap } = targets[index] ?? { target: 0, cap: 0 };
    const wanted = Math.max(LEAST_XP, Math.min(cap, target + spare));
    const boss = site.role === "boss";
    const band = compose(dice, { ...input, target: wanted, boss, hostile: site.role !== "plain", used });
    spare = target + spare - band.xp;
    for (const { monster: kind } of band.monsters) used.set(kind, (used.get(kind) ?? 0) + 1);
    const name = boss && !input.down
      ? { name: freshName(() => expand(dice, input.grammar, "{boss}"), input.taken) }
      : {};
    return {
      id: groupId(`g_${input.id}_${index + 1}`),
      at: site.at,
      monsters: band.monsters,
      attitude: band.attitude,
      boss,
      ...name,
      pattern: patternOf(dice, site, band.monsters),
      xp: band.xp,
      state: "waiting",
    };
  });
}

function patternOf(dice: Dice, site: Site, monsters: Group["monsters"]): Group["pattern"] {
  if (site.role === "boss") return "boss";
  if (site.role === "guard") return "guard";
  if (monsters.some(({ monster: kind }) => monster(kind).personality === "leader")) return "leader";
  if (site.room.kind === "corridor" || site.room.cells.length <= 4) return dice.int(1, 3) === 1 ? "ambush" : "band";
  return site.room.kind === "lair" ? "lair" : "band";
}

/** One site per room: the goal, the rooms that hold keys, lairs, then others. Never the entry or a safe room. */
function chooseSites(dice: Dice, draft: Draft): readonly Site[] {
  const steps = stepsFrom(passages(draft), cellIndex(draft.entry.at));
  const keyRooms = new Set(draft.locks.map((lock) => lock.keyRoom));
  const sites: Site[] = [];
  for (const room of draft.rooms) {
    if (room.kind === "entry" || room.kind === "safe" || room.kind === "vault") continue;
    const free = room.cells.filter((at) => (steps[cellIndex(at)] ?? -1) > PEACE_STEPS);
    if (free.length < 2 && room.kind !== "goal") continue;
    const at = inner(dice, free.length > 0 ? free : room.cells, draft);
    const role = room.kind === "goal" ? "boss" : keyRooms.has(room.letter) ? "guard" : "plain";
    sites.push({ room, at, steps: steps[cellIndex(at)] ?? 0, role });
  }
  const must = sites.filter((site) => site.role !== "plain");
  const lairs = dice.shuffle(sites.filter((site) => site.role === "plain" && site.room.kind === "lair"));
  const rest = dice.shuffle(sites.filter((site) => site.role === "plain" && site.room.kind !== "lair"));
  const wanted = dice.int(7, 9);
  const chosen = [...must, ...lairs, ...rest].slice(0, Math.max(must.length, wanted));
  return chosen.sort((a, b) => order(a) - order(b));
}

const order = (site: Site) => (site.role === "boss" ? 10_000 : site.steps) * 256 + cellIndex(site.at);

/** A cell away from the room's doors if there is one. */
function inner(dice: Dice, cells: readonly Point[], draft: Draft): Point {
  const doors = new Set(draft.joints.map((joint) => joint.edge));
  const depth = ([x, y]: Point) =>
    [`n${x},${y}`, `w${x},${y}`, `n${x},${y + 1}`, `w${x + 1},${y}`].some((edge) =>
        doors.has(edge as `n${number},${number}`)
      )
      ? 0
      : 1;
  const away = cells.filter((at) => depth(at) === 1);
  return dice.pick(away.length > 0 ? away : cells);
}

interface Target {
  readonly target: number;
  readonly cap: number;
}

/** Targets by place, together the level's budget: the nearest is gentle, guards are moderate, the boss is close to the cap. */
function plan(sites: readonly Site[], input: Strength): readonly Target[] {
  const low = budgetOf("low", input);
  const moderate = budgetOf("moderate", input);
  const high = budgetOf("high", input);
  const first = sites.map((site, index): Target => {
    if (site.role === "boss") return { target: percent(high, 82), cap: high };
    if (site.steps <= GENTLE_STEPS || index === 0) return { target: percent(low, 55), cap: percent(low, 85) };
    if (site.role === "guard") return { target: percent(moderate, 82), cap: moderate };
    if (index >= sites.length - 3) return { target: percent(moderate, 80), cap: moderate };
    return { target: percent(low, 85), cap: low };
  });
  const sum = first.reduce((all, one) => all + one.target, 0);
  const scale = Math.floor((areaBudget(input) * 100) / Math.max(1, sum));
  return first.map(({ target, cap }) => ({ target: Math.min(cap, percent(target, scale)), cap }));
}

function percent(value: number, share: number): number {
  return Math.floor((value * share) / 100);
}
