import type { Facing } from "../../engine/types/names.ts";
import type { PartyView } from "../../engine/types/view.ts";
import { t } from "../text/text.ts";

const STEPS: Readonly<Record<Facing, readonly [number, number]>> = {
  north: [0, -1],
  east: [1, 0],
  south: [0, 1],
  west: [-1, 0],
};
const SIDES: readonly Facing[] = ["north", "east", "south", "west"];
const FACES: Readonly<Record<string, string>> = {
  o: "open",
  w: "wall",
  d: "door",
  D: "open-door",
  a: "arch",
  l: "locked",
  b: "barred",
};

/** One sentence on what is under foot and ahead: for the picture's label, and for the Describe key. */
export function aheadText(view: PartyView): string {
  const area = view.area;
  if (area === null) return t("ahead-nothing");
  const [x, y] = view.party.at;
  const here = area.cells[`${x},${y}`];
  const facing = view.party.facing;
  const face = here?.faces[SIDES.indexOf(facing)] ?? "?";
  const zone = area.zones[here?.zone ?? ""]?.name ?? area.name;
  const feature = here?.feature === undefined ? "" : t(`feature-${here.feature}`);
  const [dx, dy] = STEPS[facing];
  let open = 0;
  for (let i = 0; i < 8; i++) {
    const cell = area.cells[`${x + dx * i},${y + dy * i}`];
    const next = cell?.faces[SIDES.indexOf(facing)] ?? "?";
    if (next !== "o" && next !== "a" && next !== "D") break;
    open++;
  }
  const ahead = open > 0 ? t("ahead-open", { cells: open }) : t(`ahead-${FACES[face] ?? "unknown"}`);
  return [t("ahead-zone", { zone, facing: t(`facing-${facing}`) }), ahead, feature].filter((part) => part !== "").join(
    " ",
  );
}
