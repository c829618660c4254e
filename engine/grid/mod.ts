/** Pure geometry of the battlefield. */
export { type Bounds, squaresOf } from "./area.ts";
export { flowTo, NO_WAY } from "./flow.ts";
export { canStand, type Crowd, crowdFor, type Reach, reachFrom, stepCost, takesRoom, type Walk } from "./reach.ts";
export { coverBetween, coverFrom, creatureDistance, creaturesOn, creaturesSee, crowdOf, reachable } from "./scene.ts";
export { cover, lineOfSight, lookAt, placesSee } from "./sight.ts";
export {
  adjacent,
  covers,
  distance,
  distanceBetween,
  facingTowards,
  feetBetween,
  footprint,
  NEIGHBOURS,
  type Place,
  samePoint,
  SQUARE,
} from "./square.ts";
export {
  cloudsAt,
  groundGrid,
  inCloud,
  isDifficult,
  isExit,
  isShutDoor,
  isSolid,
  solidGrid,
  tileAt,
} from "./terrain.ts";
