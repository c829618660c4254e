/** The small operations: light, knock, teleport, push, reveal. */
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { canStand, crowdOf, facingTowards } from "../grid/mod.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import { faceOf, isOpenDoor } from "../world/geometry.ts";

/** An object shines like a torch; nothing is used up. */
export function lightUp(play: Play, by: CreatureId, seconds: number): void {
  play.emit({ type: "LightLit", item: "torch", until: play.state.clock + seconds, by });
}

/** The door ahead springs open for good, whatever holds it. Answers whether there was one to open. */
export function knockAhead(play: Play, by: CreatureId): boolean {
  const { state } = play;
  const level = state.levels[state.party.level];
  if (!level) return false;
  const face = faceOf(level, state.party.at, state.party.facing, state.known[level.id]?.found ?? {});
  if (face.type !== "door" || face.door.kind === "arch" || isOpenDoor(face.door)) return false;
  play.emit({ type: "DoorTried", how: "knock", edge: face.edge, character: by, ok: true });
  play.emit({ type: "DoorChanged", level: level.id, edge: face.edge, open: true, pass: 1 });
  return true;
}

/** Steps through mist: no path, no reactions. */
export function teleport(play: Play, id: CreatureId, to: Point): void {
  const place = play.state.battle?.on[id];
  if (!place) return;
  play.emit({ type: "CreatureMoved", creature: id, to, cost: 0, facing: place.facing, forced: true });
}

/** Pushes a creature straight away, square by square, until something stops it. Forced movement draws no reactions. */
export function thrust(play: Play, by: CreatureId, id: CreatureId, feet: number): void {
  for (let moved = 5; moved <= feet; moved += 5) {
    const battle = play.state.battle;
    const from = battle?.on[by];
    const place = battle?.on[id];
    if (!battle || !from || !place || findCreature(play.state, id)?.life === "dead") return;
    const to: Point = [
      place.at[0] + Math.sign(place.at[0] - from.at[0]),
      place.at[1] + Math.sign(place.at[1] - from.at[1]),
    ];
    if (!canStand(battle, to, place.size, crowdOf(play.state, battle, id))) return;
    const facing = facingTowards(to, from.at);
    play.emit({ type: "CreatureMoved", creature: id, to, cost: 0, facing, forced: true });
  }
}

/** Hidden foes stand out. */
export function revealAround(play: Play, by: CreatureId): void {
  const battle = play.state.battle;
  const side = battle?.on[by]?.side;
  for (const id of battle?.order ?? []) {
    const one = battle?.on[id];
    if (one && one.side !== side && one.hidden) play.emit({ type: "MarkSet", creature: id, mark: "hidden", on: false });
  }
}
