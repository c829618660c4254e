import type { CombatView } from "../../engine/types/view.ts";
import type { CreatureId } from "../../engine/types/ids.ts";

export type Square = readonly [x: number, y: number];

/** A way on the battlefield as the preview shows it; the server walks it square by square and has the last word. */
export interface Way {
  readonly path: readonly Square[];
  readonly feet: number;
  /** Squares on leaving which a foe may strike. */
  readonly risky: readonly Square[];
}

const AROUND: readonly Square[] = [[0, -1], [1, 0], [0, 1], [-1, 0], [1, -1], [1, 1], [-1, 1], [-1, -1]];

/** Every square a creature can stand on with the feet it has left, with the cheapest way there (diagonals cost 5 feet). */
export function waysOf(combat: CombatView, id: CreatureId): ReadonlyMap<string, Way> {
  const own = combat.on[id];
  const feet = own?.budget?.movement ?? 0;
  const ways = new Map<string, Way>();
  if (own === undefined || feet < 5) return ways;
  const taken = occupied(combat, id);
  const start: Square = [own.at[0], own.at[1]];
  const best = new Map<string, { readonly feet: number; readonly from: Square | undefined }>([
    [key(start), { feet: 0, from: undefined }],
  ]);
  const open: { readonly at: Square; readonly feet: number }[] = [{ at: start, feet: 0 }];
  while (open.length > 0) {
    open.sort((a, b) => a.feet - b.feet);
    const here = open.shift();
    if (here === undefined || here.feet > (best.get(key(here.at))?.feet ?? 0)) continue;
    for (const [dx, dy] of AROUND) {
      const to: Square = [here.at[0] + dx, here.at[1] + dy];
      const cost = stepCost(combat, here.at, to, taken);
      const total = here.feet + cost;
      if (cost === 0 || total > feet || total >= (best.get(key(to))?.feet ?? Infinity)) continue;
      best.set(key(to), { feet: total, from: here.at });
      open.push({ at: to, feet: total });
    }
  }
  for (const [at, { feet: cost }] of best) {
    if (cost === 0 || taken.has(at)) continue;
    const path: Square[] = [];
    for (let step: Square | undefined = pointOf(at); step !== undefined && key(step) !== key(start);) {
      path.unshift(step);
      step = best.get(key(step))?.from;
    }
    ways.set(at, { path, feet: cost, risky: risks(combat, id, [start, ...path]) });
  }
  return ways;
}

function stepCost(combat: CombatView, from: Square, to: Square, taken: ReadonlyMap<string, "party" | "foe">): number {
  const tile = tileAt(combat, to);
  if (!isOpen(tile) || taken.get(key(to)) === "foe") return 0;
  const diagonal = from[0] !== to[0] && from[1] !== to[1];
  if (diagonal && (!isOpen(tileAt(combat, [from[0], to[1]])) || !isOpen(tileAt(combat, [to[0], from[1]])))) return 0;
  const hard = tile === ":" || tile === "~" ||
    Object.values(combat.clouds).some((cloud) =>
      cloud.difficult && cloud.squares.some(([x, y]) => x === to[0] && y === to[1])
    );
  return hard ? 10 : 5;
}

/** Where a foe that can strike stands beside the square left and not beside the next one. */
function risks(combat: CombatView, id: CreatureId, path: readonly Square[]): readonly Square[] {
  if (combat.on[id]?.marks.includes("slipping") === true) return [];
  const foes = Object.entries(combat.on).filter(([foe, one]) =>
    one.side === "foe" && combat.foes[foe] !== undefined && combat.foes[foe].health !== "down"
  ).map(([, one]) => one);
  return path.filter((at, i) => {
    const next = path[i + 1];
    return next !== undefined && foes.some((foe) => beside(foe.at, foe.size, at) && !beside(foe.at, foe.size, next));
  });
}

function beside(at: readonly [number, number], size: number, square: Square): boolean {
  return square[0] >= at[0] - 1 && square[0] <= at[0] + size && square[1] >= at[1] - 1 && square[1] <= at[1] + size;
}

function occupied(combat: CombatView, id: CreatureId): ReadonlyMap<string, "party" | "foe"> {
  const taken = new Map<string, "party" | "foe">();
  for (const [other, one] of Object.entries(combat.on)) {
    if (other === id || combat.foes[other]?.health === "down") continue;
    for (let dy = 0; dy < one.size; dy++) {
      for (let dx = 0; dx < one.size; dx++) taken.set(key([one.at[0] + dx, one.at[1] + dy]), one.side);
    }
  }
  return taken;
}

export function tileAt(combat: CombatView, [x, y]: Square): string {
  return combat.field.rows[y]?.[x] ?? "#";
}

function isOpen(tile: string): boolean {
  return tile === "." || tile === "/" || tile === ">" || tile === ":" || tile === "~";
}

export function key([x, y]: Square): string {
  return `${x},${y}`;
}

function pointOf(text: string): Square {
  const [x = 0, y = 0] = text.split(",").map(Number);
  return [x, y];
}

/** "15 feet north-east", by the game's one metric: diagonals count 5 feet. */
export function bearing(from: Square, to: Square): { readonly feet: number; readonly direction: string } {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const feet = Math.max(Math.abs(dx), Math.abs(dy)) * 5;
  const north = dy < 0 && Math.abs(dy) * 2 > Math.abs(dx);
  const south = dy > 0 && Math.abs(dy) * 2 > Math.abs(dx);
  const east = dx > 0 && Math.abs(dx) * 2 > Math.abs(dy);
  const west = dx < 0 && Math.abs(dx) * 2 > Math.abs(dy);
  return { feet, direction: `${north ? "north" : south ? "south" : ""}${east ? "east" : west ? "west" : ""}` };
}
