import type { Cell } from "./cells.ts";

/** The number of a log's entry, packed entries, snapshot or base: the fourth position of its key. */
export function numberOf({ key }: Cell): number {
  return Number(key[3]);
}

/** Cells of a listing, those of one number together: the parts of one value. */
export function groupByNumber(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const groups: Cell[][] = [];
  for (const cell of cells) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && numberOf(group[0]) === numberOf(cell)) group.push(cell);
    else groups.push([cell]);
  }
  return groups;
}

/**
 * The values of one batch that are there with all their parts: when the batch is full the last one may go on in the
 * next, which begins with it. A value has far fewer parts than a batch has cells.
 */
export function wholeGroups(cells: readonly Cell[], limit: number): readonly (readonly Cell[])[] {
  const groups = groupByNumber(cells);
  return cells.length < limit ? groups : groups.slice(0, -1);
}
