/** The battlefield as far as the party knows the place: rooms behind shut doors that it never saw stay dark. */
import { memo, memo2 } from "../core/memo.ts";
import type { KnownLevel } from "../types/area.ts";
import type { CellKey, Point } from "../types/ids.ts";
import type { Battle, Party } from "../types/state.ts";
import type { CombatView } from "../types/view.ts";

/** Squares from one wall line to the next (game design 6.1). */
const PITCH = 6;

type Field = Battle["field"];

/** The same party, field and knowledge give the same object. */
export function fieldView(party: Party, field: Field, known: KnownLevel): CombatView["field"] {
  return viewOf(party)(field, known);
}

const viewOf = memo((party: Party) =>
  memo2((field: Field, known: KnownLevel): CombatView["field"] => {
    const open = openSquares(field, party.at);
    const rows = field.rows.map((row, y) =>
      [...row].map((tile, x) => (tile === "#" || isShown(field, known, open, x, y) ? tile : "#")).join("")
    );
    return { width: field.width, height: field.height, rows };
  })
);

/** Squares one comes to from the party's cell without opening a door, by `y * width + x`. */
function openSquares(field: Field, cell: Point): ReadonlySet<number> {
  const [left, top] = [(cell[0] - field.origin[0]) * PITCH + 1, (cell[1] - field.origin[1]) * PITCH + 1];
  const open = new Set<number>();
  const enter = (x: number, y: number) => {
    const tile = field.rows[y]?.[x] ?? "#";
    if (tile !== "#" && tile !== "T" && tile !== "+") open.add(y * field.width + x);
  };
  for (let y = top; y < top + PITCH - 1; y++) for (let x = left; x < left + PITCH - 1; x++) enter(x, y);
  for (const at of open) {
    const [x, y] = [at % field.width, Math.floor(at / field.width)];
    enter(x, y - 1);
    enter(x + 1, y);
    enter(x, y + 1);
    enter(x - 1, y);
  }
  return open;
}

/** Open ground, what borders on it, and the cells on the map with the walls around them. */
function isShown(field: Field, known: KnownLevel, open: ReadonlySet<number>, x: number, y: number): boolean {
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      if (x + dx >= 0 && x + dx < field.width && open.has((y + dy) * field.width + x + dx)) return true;
    }
  }
  return cellsAt(field, x, y).some((cell) => known.cells[cell] === 1);
}

/** The cell of a square; both cells of one on a wall line, none of a corner. */
function cellsAt({ origin }: Field, x: number, y: number): readonly CellKey[] {
  const [column, row] = [origin[0] + Math.floor(x / PITCH), origin[1] + Math.floor(y / PITCH)];
  const [onLine, onRow] = [x % PITCH === 0, y % PITCH === 0];
  if (onLine && onRow) return [];
  if (onLine) return [`${column - 1},${row}`, `${column},${row}`];
  if (onRow) return [`${column},${row - 1}`, `${column},${row}`];
  return [`${column},${row}`];
}
