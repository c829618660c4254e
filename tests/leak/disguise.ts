/**
 * A twin of a state: everything the party cannot know is another and carries a mark. What it gets to see in the next command stays as
 * it is, so that the same command must look the same in both worlds, byte for byte.
 */
import { canPass, cellKey, floorCells, neighbour } from "../../engine/world/geometry.ts";
import type { Group, KnownLevel, Level, Zone } from "../../engine/types/area.ts";
import type { Monster } from "../../engine/types/creature.ts";
import type { CellKey, EdgeKey, ItemId, Point } from "../../engine/types/ids.ts";
import { FACINGS } from "../../engine/types/names.ts";
import type { WorldState } from "../../engine/types/state.ts";

/** In every secret text of a twin. */
export const CANARY = "CANARY";

/** Cells the party knows or could come to without opening anything; they may be drawn on a battlefield. */
function openCells(level: Level, known: KnownLevel | undefined): ReadonlySet<CellKey> {
  const seen = new Set<CellKey>(Object.keys(known?.cells ?? {}) as CellKey[]);
  for (const key of seen) {
    const [x = 0, y = 0] = key.split(",").map(Number);
    for (const facing of FACINGS) {
      if (canPass(level, [x, y], facing, known?.found ?? {})) seen.add(cellKey(neighbour([x, y], facing)));
    }
  }
  return seen;
}

/** The same and the cells around them: a door to them may be seen. */
function withRim(cells: ReadonlySet<CellKey>): ReadonlySet<CellKey> {
  const rim = new Set(cells);
  for (const key of cells) {
    const [x = 0, y = 0] = key.split(",").map(Number);
    for (const facing of FACINGS) rim.add(cellKey(neighbour([x, y], facing)));
  }
  return rim;
}

/** Cells on both sides of an edge. */
function sides(edge: string): readonly [CellKey, CellKey] {
  const [x = 0, y = 0] = edge.slice(1).split(",").map(Number);
  return [`${x},${y}`, edge.startsWith("n") ? `${x},${y - 1}` : `${x - 1},${y}`];
}

function disguiseLevel(before: Level, after: Level, known: KnownLevel | undefined, busy: string | undefined): Level {
  const open = openCells(after, known);
  const near = withRim(open);
  const letterOf = ([x, y]: Point) => before.rows[y]?.charAt(x) ?? "#";
  const shown = new Set(floorCells(before).filter((at) => open.has(cellKey(at))).map(letterOf));
  const rows = before.rows.map((row, y) =>
    [...row].map((letter, x) => (near.has(`${x},${y}`) ? letter : "#")).join("")
  );
  const zones = Object.fromEntries(
    Object.entries(before.zones).map(([letter, zone]): [string, Zone] => [
      letter,
      shown.has(letter) ? zone : { name: CANARY, kind: "vault", light: "dark", safe: false },
    ]),
  );
  const doors: Record<EdgeKey, Level["doors"][EdgeKey]> = {};
  const walls: Record<EdgeKey, 1> = { ...before.walls };
  for (const [key, door] of Object.entries(before.doors)) {
    const edge = key as EdgeKey;
    const hidden = door.secretDc !== undefined && !known?.found[edge];
    if (hidden) walls[edge] = 1;
    else if (sides(edge).some((cell) => open.has(cell))) doors[edge] = door;
    else doors[edge] = { ...door, dc: 39, pass: 3, key: `i_${CANARY}` as ItemId };
  }
  return {
    ...before,
    rows,
    zones,
    doors,
    walls,
    groups: groupsOf(before, after, busy),
    caches: cachesOf(before, after),
  };
}

function groupsOf(before: Level, after: Level, busy: string | undefined): Level["groups"] {
  return Object.fromEntries(
    Object.values(before.groups).map((group): [string, Group] => {
      const waits = group.state === "waiting" && after.groups[group.id]?.state === "waiting" && group.id !== busy;
      if (!waits) return [group.id, group];
      return [group.id, { ...group, monsters: [{ monster: "ogre", count: 9 }], xp: 98_765, name: CANARY }];
    }),
  );
}

function cachesOf(before: Level, after: Level): Level["caches"] {
  return Object.fromEntries(
    Object.values(before.caches).map((cache) => {
      if (cache.taken || after.caches[cache.id]?.taken !== false) return [cache.id, cache];
      const items = [{ id: `i_${CANARY}` as ItemId, item: "torch", count: 77, name: CANARY }];
      return [cache.id, { ...cache, coins: 987_654, items }];
    }),
  );
}

/** `after` is what the next command makes of `before`. */
export function disguise(before: WorldState, after: WorldState): WorldState {
  const busy = after.battle?.group ?? after.encounter?.group ?? before.battle?.group ?? before.encounter?.group ??
    after.aftermath?.group ?? before.aftermath?.group;
  const levels = Object.fromEntries(
    Object.values(before.levels).map((level) => {
      const later = after.levels[level.id] ?? level;
      return [level.id, disguiseLevel(level, later, after.known[level.id], busy)];
    }),
  );
  const seats = Object.fromEntries(
    Object.values(before.seats).map((seat) => [seat.id, { ...seat, account: `a_${CANARY}` as typeof seat.account }]),
  );
  return { ...before, levels, seats, invite: CANARY };
}

/** Foes with other hit points, as healthy as before in words; latecomers who are not there yet are somebody else. */
export function disguiseFoes(state: WorldState): WorldState {
  const { battle } = state;
  if (!battle) return state;
  const monsters = Object.fromEntries(
    Object.values(battle.monsters).map((foe): [string, Monster] => {
      if (battle.on[foe.id]?.waiting) return [foe.id, { ...foe, name: CANARY, monster: "ogre", hp: 1, number: 9 }];
      return [foe.id, { ...foe, hp: foe.hp * 3, maxHp: foe.maxHp * 3, tempHp: foe.tempHp + 5, slots: [9] }];
    }),
  );
  return { ...state, battle: { ...battle, monsters } };
}
