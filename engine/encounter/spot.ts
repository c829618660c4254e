/** Running into groups: one is met when the party stands on its cell or sees it two cells away or nearer. */
import type { Play } from "../core/play.ts";
import type { Group } from "../types/area.ts";
import type { Facing } from "../types/names.ts";
import type { Point } from "../types/ids.ts";
import { samePoint } from "../world/geometry.ts";
import { seenNow } from "../world/look.ts";
import { meetGroup } from "./meet.ts";

/** Cells at which a group in sight is met. */
const MEETING = 2;

/** Wanderers the party got away from have lost its track: only walking into them meets them again. */
function reachOf(group: Group): number {
  return group.wandering && group.state === "met" ? 0 : MEETING;
}

const apart = (a: Point, b: Point) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

/** Meets the nearest group in sight and says so. Nothing happens outside of exploring. */
export function spotGroups(play: Play): boolean {
  const { state } = play;
  const level = state.levels[state.party.level];
  if (state.mode !== "explore" || !level || state.party.order.length === 0) return false;
  const here = state.party.at;
  const near = Object.values(level.groups).filter((group) =>
    group.state !== "resolved" && apart(group.at, here) <= reachOf(group)
  );
  if (near.length === 0) return false;
  const seen = seenNow(state);
  const group = near.filter((one) => seen.some((at) => samePoint(at, one.at)))
    .reduce<Group | undefined>((a, b) => (a && apart(a.at, here) <= apart(b.at, here) ? a : b), undefined);
  if (!group) return false;
  const facing = towards(here, group.at, state.party.facing);
  if (facing !== state.party.facing) play.emit({ type: "PartyTurned", facing });
  meetGroup(play, group.id, { distance: apart(group.at, here) });
  return true;
}

/** The facing that looks at a cell best; the present one where it is as good as another. */
function towards(from: Point, to: Point, facing: Facing): Facing {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  if (dx === 0 && dy === 0) return facing;
  const sideways: Facing = dx > 0 ? "east" : "west";
  const upright: Facing = dy > 0 ? "south" : "north";
  if (Math.abs(dx) === Math.abs(dy)) return facing === sideways ? sideways : upright;
  return Math.abs(dx) > Math.abs(dy) ? sideways : upright;
}
