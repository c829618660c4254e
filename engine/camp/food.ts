/** One ration a head for a long rest away from safe walls. */
import type { Play } from "../core/play.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";

const RATION = "ration";

function eaters(state: WorldState): readonly CreatureId[] {
  return state.party.order.filter((id) => {
    const one = state.characters[id];
    return one !== undefined && one.life !== "dead";
  });
}

export function rationsNeeded(state: WorldState): number {
  return eaters(state).length;
}

/** Rations in all packs and the stash. */
export function rationsHeld(state: WorldState): number {
  const packs = state.party.order.flatMap((id) => state.characters[id]?.pack ?? []);
  return [...packs, ...state.party.stash].reduce((sum, one) => (one.item === RATION ? sum + one.count : sum), 0);
}

/** Eats one for each: everyone's own first, then what others and the stash have. */
export function eat(play: Play): void {
  let hungry = 0;
  for (const id of eaters(play.state)) if (!eatFrom(play, id)) hungry += 1;
  for (const id of play.state.party.order) {
    while (hungry > 0 && eatFrom(play, id)) hungry -= 1;
  }
  const first = eaters(play.state)[0];
  while (hungry > 0 && first !== undefined && bring(play, first) && eatFrom(play, first)) hungry -= 1;
}

function eatFrom(play: Play, id: CreatureId): boolean {
  const stack = play.state.characters[id]?.pack.find((one) => one.item === RATION && one.count > 0);
  if (!stack) return false;
  play.emit({ type: "ItemUsed", creature: id, item: stack.id, record: RATION, left: stack.count - 1 });
  return true;
}

/** A whole stack from the stash to somebody's pack. */
function bring(play: Play, to: CreatureId): boolean {
  const stack = play.state.party.stash.find((one) => one.item === RATION && one.count > 0);
  if (!stack) return false;
  play.emit({ type: "ItemMoved", item: stack.id, count: stack.count, from: "stash", to, stack });
  return true;
}
