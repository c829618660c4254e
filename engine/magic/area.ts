/** Where an area spell falls: floor squares of its shape with a clear line from its origin (SRD 5.1, Areas of Effect). */
import { memo2 } from "../core/memo.ts";
import { creaturesOn, isSolid, lineOfSight, type Place, samePoint, squaresOf } from "../grid/mod.ts";
import type { Shape } from "../types/content.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Battle, Field, WorldState } from "../types/state.ts";

/** Whether the area starts at its caster instead of at a chosen point. */
export function startsAtCaster(shape: Shape, range: number): boolean {
  return range === 0 || shape.type === "cone" || shape.type === "line";
}

/** A caster's square nearest to a point: where cones, lines and lines of sight begin. */
export function nearestSquare(place: Place, to: Point): Point {
  const x = Math.min(Math.max(to[0], place.at[0]), place.at[0] + place.size - 1);
  const y = Math.min(Math.max(to[1], place.at[1]), place.at[1] + place.size - 1);
  return [x, y];
}

/** Squares an area covers when cast from `place` at `point`. */
export function areaSquares(
  battle: Battle,
  place: Place,
  area: { readonly shape: Shape; readonly range: number; readonly point: Point },
): readonly Point[] {
  const { shape, range, point } = area;
  const from = nearestSquare(place, point);
  const own = startsAtCaster(shape, range);
  if (shape.type === "sphere" && !own) return sphereAt(battle.field, shape, point);
  const aim = own && shape.type === "cube" ? step(from, point) : point;
  const origin = own ? from : point;
  return litFrom(battle.field, origin, squaresOf(shape, from, aim, battle.field));
}

/** A sphere around a point is the same for every caster, and thinkers aim it again and again. */
function sphereAt(field: Field, shape: Shape, point: Point): readonly Point[] {
  const known = spheresOf(field, shape);
  const key = point[1] * field.width + point[0];
  const before = known.get(key);
  if (before) return before;
  const squares = litFrom(field, point, squaresOf(shape, point, point, field));
  known.set(key, squares);
  return squares;
}

const spheresOf = memo2((_field: Field, _shape: Shape) => new Map<number, readonly Point[]>());

/** Those squares of an area that are not solid and have a clear line from its origin. */
function litFrom(field: Field, origin: Point, squares: readonly Point[]): readonly Point[] {
  const clear = { field, clouds: {} };
  return squares.filter((square) =>
    !isSolid(field, square[0], square[1]) && (samePoint(square, origin) || lineOfSight(clear, origin, square))
  );
}

/** One square from `from` in the direction of `to`, so that a wave begins beside its caster. */
function step(from: Point, to: Point): Point {
  return [from[0] + Math.sign(to[0] - from[0]), from[1] + Math.sign(to[1] - from[1])];
}

/** Creatures inside an area, its caster left out when it starts there. */
export function creaturesIn(
  state: WorldState,
  squares: readonly Point[],
  without: CreatureId | undefined,
): readonly CreatureId[] {
  return creaturesOn(state, squares).filter((id) => id !== without);
}
