/** Need beats greed, dice among equals, nobody's things go to the stash (game design 8). */
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { canCarry } from "../items/weight.ts";
import { noteQuests } from "../quest/mod.ts";
import { sendHomeUnseated } from "../seats/home.ts";
import type { Character, ItemStack } from "../types/creature.ts";
import type { EventOf } from "../types/event.ts";
import type { Rejection } from "../types/rejection.ts";
import type { Aftermath, WorldState } from "../types/state.ts";

export function claimLoot(play: Play, intent: IntentOf<"ClaimLoot">): Rejection | undefined {
  const refused = cannotClaim(play.state, intent);
  if (refused) return refused;
  play.emit({ type: "LootClaimed", character: intent.character, item: intent.item, claim: intent.claim });
  if (allHaveSpoken(play.state)) finish(play);
  return undefined;
}

export function cannotClaim(state: WorldState, intent: Omit<IntentOf<"ClaimLoot">, "type">): Rejection | undefined {
  const character = state.characters[intent.character];
  if (!character) return reject("character/unknown");
  if (character.life === "dead") return reject("character/dead");
  const stack = state.aftermath?.items.find((one) => one.id === intent.item);
  if (!stack) return reject("item/unknown");
  if (intent.claim !== "pass" && !canCarry(character, stack.item, stack.count)) return reject("item/too_heavy");
  return undefined;
}

export function assignLoot(play: Play, intent: IntentOf<"AssignLoot">): Rejection | undefined {
  const refused = cannotAssign(play.state, intent);
  if (refused) return refused;
  const stack = play.state.aftermath?.items.find((one) => one.id === intent.item);
  if (!stack) return reject("item/unknown");
  play.emit({ type: "LootGiven", item: stack.id, stack, to: intent.to, rolls: [] });
  noteQuests(play);
  return undefined;
}

export function cannotAssign(state: WorldState, intent: Omit<IntentOf<"AssignLoot">, "type">): Rejection | undefined {
  const stack = state.aftermath?.items.find((one) => one.id === intent.item);
  if (!stack) return reject("item/unknown");
  if (intent.to === "stash") return undefined;
  const character = state.characters[intent.to];
  if (!character) return reject("character/unknown");
  if (character.life === "dead") return reject("character/dead");
  return canCarry(character, stack.item, stack.count) ? undefined : reject("item/too_heavy");
}

/** Gives out what is left and goes back to exploring. */
export function finish(play: Play): undefined {
  for (const stack of play.state.aftermath?.items ?? []) play.emit(award(play, stack));
  play.emit({ type: "AftermathEnded" });
  noteQuests(play);
  sendHomeUnseated(play);
  return undefined;
}

function award(play: Play, stack: ItemStack): EventOf<"LootGiven"> {
  const claims = play.state.aftermath?.claims[stack.id] ?? {};
  const able = play.state.party.order.flatMap((id) => {
    const one = play.state.characters[id];
    return one && one.life !== "dead" && canCarry(one, stack.item, stack.count) ? [one] : [];
  });
  for (const claim of ["need", "greed"] as const) {
    const who = able.filter((one) => claims[one.id] === claim);
    const first = who[0];
    if (!first) continue;
    if (who.length === 1) return { type: "LootGiven", item: stack.id, stack, to: first.id, rolls: [] };
    return rollOff(play, stack, who);
  }
  return { type: "LootGiven", item: stack.id, stack, to: "stash", rolls: [] };
}

/** Highest d100 has it; among equal ones the first in marching order. */
function rollOff(play: Play, stack: ItemStack, who: readonly Character[]): EventOf<"LootGiven"> {
  const dice = play.dice("loot");
  const rolls = who.map((one) => ({ character: one.id, roll: dice.roll("1d100") }));
  const best = rolls.reduce((a, b) => (b.roll.total > a.roll.total ? b : a));
  return { type: "LootGiven", item: stack.id, stack, to: best.character, rolls };
}

/** Everyone alive and seated has answered for every thing. */
function allHaveSpoken(state: WorldState): boolean {
  const { aftermath } = state;
  if (!aftermath) return false;
  const voices = state.party.order.filter((id) => {
    const one = state.characters[id];
    return one !== undefined && one.life !== "dead" && one.seat !== null;
  });
  return aftermath.items.every((stack) => voices.every((id) => spoke(aftermath, stack, id)));
}

function spoke(aftermath: Aftermath, stack: ItemStack, id: Character["id"]): boolean {
  return aftermath.claims[stack.id]?.[id] !== undefined;
}
