/** Exploring an area: steps, doors, searching, light, travel and the clock of peace. */
export { doorAhead, keyHolder, knockAhead } from "./door.ts";
export { spendOne, withKnown, withLevel, worldFold } from "./fold.ts";
export {
  canPass,
  cellKey,
  cellsOf,
  edgeOf,
  type FaceKind,
  faceOf,
  facingTo,
  floorCells,
  type Found,
  isFloor,
  isOpenDoor,
  neighbour,
  pointOf,
  samePoint,
  turned,
  zoneAt,
} from "./geometry.ts";
export { cacheHere, featureHere, STASH_MAX } from "./interact.ts";
export { worldLegal } from "./legal.ts";
export { ableParty, lookAround, seenNow, sightDepth } from "./look.ts";
export { worldRules } from "./rules.ts";
export { DEPTH, seesCell, visibleCells } from "./sight.ts";
export { passTime } from "./time.ts";
