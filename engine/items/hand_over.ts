/** Moving things between packs, the stash and the floor. */
import { item } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { noteQuests } from "../quest/mod.ts";
import type { ItemStack } from "../types/creature.ts";
import type { ItemId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { type Place, stacksAt } from "./stacks.ts";
import { canCarry, STASH_SIZE } from "./weight.ts";

interface Handing {
  readonly item: ItemId;
  readonly count: number;
  readonly from: Place;
  readonly to: Place;
}

export function give(play: Play, intent: IntentOf<"GiveItem">): Rejection | undefined {
  return hand(play, { item: intent.item, count: intent.count, from: intent.character, to: intent.to });
}

export function take(play: Play, intent: IntentOf<"TakeItem">): Rejection | undefined {
  return hand(play, { item: intent.item, count: intent.count, from: intent.from, to: intent.character });
}

function hand(play: Play, handing: Handing): Rejection | undefined {
  const refused = cannotHand(play.state, handing);
  if (refused) return refused;
  const stack = stacksAt(play.state, handing.from).find((one) => one.id === handing.item);
  if (!stack) return reject("item/not_yours");
  const whole = stack.count === handing.count;
  const into = whole && stack.plot ? undefined : sameKind(play.state, handing.to, stack, handing.count);
  const newId = whole ? undefined : play.id<ItemId>("i");
  play.emit({
    type: "ItemMoved",
    item: handing.item,
    count: handing.count,
    from: handing.from,
    to: handing.to,
    stack: { ...stack, id: newId ?? stack.id, count: handing.count },
    ...(newId ? { newId } : {}),
    ...(into ? { into: into.id } : {}),
  });
  noteQuests(play);
  return undefined;
}

/** A stack over there of the same plain kind with room left. Quest things and used charges never merge. */
function sameKind(state: WorldState, place: Place, stack: ItemStack, count: number): ItemStack | undefined {
  const most = item(stack.item).stack;
  if (stack.plot || stack.charges !== undefined) return undefined;
  return stacksAt(state, place).find((one) =>
    one.item === stack.item && one.id !== stack.id && !one.plot && one.charges === undefined &&
    one.count + count <= most
  );
}

/** Why a thing cannot change hands like this; undefined when it can. Changes nothing. */
export function cannotHand(state: WorldState, handing: Handing): Rejection | undefined {
  const { from, to, count } = handing;
  const stack = stacksAt(state, from).find((one) => one.id === handing.item);
  if (!stack) return reject(from === "stash" || from === "ground" ? "item/unknown" : "item/not_yours");
  if (!Number.isInteger(count) || count < 1 || count > stack.count) {
    return reject("item/unknown", { held: stack.count });
  }
  if (from === to) return reject("item/not_yours");
  if (stack.plot && to === "ground") return reject("item/plot");
  if (to === "stash") {
    const room = sameKind(state, to, stack, count) !== undefined || state.party.stash.length < STASH_SIZE;
    return room ? undefined : reject("item/stash_full", { most: STASH_SIZE });
  }
  if (to === "ground") return undefined;
  const receiver = state.characters[to];
  if (!receiver) return reject("character/unknown");
  if (receiver.life === "dead") return reject("character/dead");
  return canCarry(receiver, stack.item, count) ? undefined : reject("item/too_heavy");
}
