/** Doors, arches and gaps; then loops, hidden ways and barred short cuts where two sides are far apart on foot. */
import type { Dice } from "../core/rng.ts";
import type { EdgeKey } from "../types/ids.ts";
import { cellsOf } from "../world/geometry.ts";
import { cellIndex, type Joint, passages, stepsFrom } from "./draft.ts";
import type { Plot } from "./plot.ts";

export interface Hang {
  /** Rooms whose own door is locked. */
  readonly locked: ReadonlySet<number>;
  /** Rooms with a single door: no loop runs through them. */
  readonly quiet: ReadonlySet<number>;
  readonly grown: boolean;
}

/** Two sides a loop joins are at least so many steps apart. */
const LOOP_STEPS = 9;
const LOOPS_MAX = 5;
/** Borders measured per loop: enough to find a good one, few enough to be quick. */
const SAMPLE = 28;

/** The joints on which rooms were hung. */
export function hangJoints(dice: Dice, plot: Plot, hang: Hang): readonly Joint[] {
  return plot.hung.map(({ parent, child, edge }): Joint => {
    if (hang.locked.has(child)) return { edge, kind: "iron", pass: 2 };
    const room = plot.rooms[child];
    if (room?.kind === "safe" || room?.kind === "goal") return { edge, kind: "wood", pass: 1 };
    const passages = [plot.rooms[parent]?.kind, room?.kind].filter((kind) => kind === "corridor").length;
    return { edge, kind: openingOf(dice, passages, hang.grown), pass: 1 };
  });
}

function openingOf(dice: Dice, corridors: number, grown: boolean): Joint["kind"] {
  if (grown) return dice.weighted([["gap", 5], ["arch", 3], ["wood", 2]] as const);
  if (corridors === 2) return dice.weighted([["gap", 5], ["arch", 2], ["wood", 1]] as const);
  if (corridors === 1) return dice.weighted([["wood", 7], ["arch", 3], ["gap", 1]] as const);
  return dice.weighted([["wood", 7], ["arch", 3], ["iron", 1]] as const);
}

interface Chance {
  readonly edge: EdgeKey;
  readonly steps: number;
}

/**
 * Opens the ways that shorten most: within a part as doors, across the main lock as one secret door or one barred door, so that there is a
 * second route to the goal for those who look or break.
 */
export function closeLoops(
  dice: Dice,
  plot: Plot,
  hung: readonly Joint[],
  hang: Hang,
): { readonly joints: readonly Joint[]; readonly loops: number } {
  const joints: Joint[] = [...hung];
  const rows = plot.rows();
  let loops = 0;
  const wanted = dice.int(3, LOOPS_MAX);
  const ways = passages({ rows, joints, inner: [] });
  while (loops < wanted) {
    const chances = chancesOf(dice, plot, { joints, hang, ways, across: false });
    if (chances.length === 0) break;
    const best = [...chances].sort((a, b) => b.steps - a.steps || (a.edge < b.edge ? -1 : 1));
    const chance = dice.pick(best.slice(0, Math.max(1, Math.floor(best.length / 4))));
    const secret = loops > 0 && dice.int(1, 6) === 1;
    joints.push(
      secret
        ? { edge: chance.edge, kind: "wood", pass: 1, secret: true }
        : { edge: chance.edge, kind: hang.grown ? "gap" : dice.weighted([["wood", 3], ["arch", 2]] as const), pass: 1 },
    );
    openWay(ways, chance.edge);
    loops += 1;
  }
  const across = chancesOf(dice, plot, { joints, hang, ways, across: true });
  if (across.length > 0 && dice.int(1, 5) > 1) {
    const { edge } = dice.pick(across);
    joints.push(dice.int(1, 5) <= 3 ? { edge, kind: "wood", pass: 1, secret: true } : { edge, kind: "iron", pass: 3 });
    loops += 1;
  }
  return { joints, loops };
}

/** Some borders between rooms that nothing joins yet, whose two sides are far apart on foot. */
function chancesOf(
  dice: Dice,
  plot: Plot,
  { joints, hang, ways, across }: {
    readonly joints: readonly Joint[];
    readonly hang: Hang;
    readonly ways: Int16Array;
    readonly across: boolean;
  },
): readonly Chance[] {
  const byEdge = new Set(joints.map((joint) => joint.edge));
  const borders = plot.borders();
  const pairs = new Set(borders.filter(({ edge }) => byEdge.has(edge)).map(({ a, b }) => pairOf(a, b)));
  const open = borders.filter(({ a, b }) => {
    const [one, two] = [plot.rooms[a], plot.rooms[b]];
    if (!one || !two || one.kind === "entry" || two.kind === "entry") return false;
    if (hang.quiet.has(a) || hang.quiet.has(b) || pairs.has(pairOf(a, b))) return false;
    return (one.region !== two.region) === across;
  });
  return dice.shuffle(open).slice(0, SAMPLE).flatMap(({ edge, at, to }) => {
    const steps = stepsFrom(ways, cellIndex(at))[cellIndex(to)] ?? 0;
    return steps >= LOOP_STEPS ? [{ edge, steps }] : [];
  });
}

/** Lets a walk go through one more edge. */
function openWay(ways: Int16Array, edge: EdgeKey): void {
  const [a, b] = cellsOf(edge);
  const [here, there] = [cellIndex(a), cellIndex(b)];
  const side = edge.startsWith("n") ? 0 : 3;
  ways[here * 4 + side] = there;
  ways[there * 4 + ((side + 2) % 4)] = here;
}

function pairOf(a: number, b: number): string {
  return a < b ? `${a},${b}` : `${b},${a}`;
}
