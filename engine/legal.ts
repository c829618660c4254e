/** Everything a creature may do now, by every family of rules: verb bar, AI, bots and fuzzing all live on it. */
import { aftermathLegal } from "./aftermath/mod.ts";
import { campLegal } from "./camp/mod.ts";
import { combatLegal } from "./combat/mod.ts";
import { findCreature } from "./core/fold.ts";
import type { LegalList } from "./core/rule.ts";
import { encounterLegal } from "./encounter/mod.ts";
import { itemLegal } from "./items/mod.ts";
import { magicLegal } from "./magic/mod.ts";
import { questLegal } from "./quest/mod.ts";
import { seatLegal } from "./seats/mod.ts";
import type { PlayerIntent } from "./types/command.ts";
import type { CreatureId, SeatId } from "./types/ids.ts";
import type { WorldState } from "./types/state.ts";
import { worldLegal } from "./world/mod.ts";

const LISTS: readonly LegalList[] = [
  worldLegal,
  encounterLegal,
  combatLegal,
  magicLegal,
  itemLegal,
  aftermathLegal,
  campLegal,
  questLegal,
  seatLegal,
];

/** Intents `decide` would accept from this creature's player (or from the AI for a monster) in the present state. */
export function legalCommands(state: WorldState, creature: CreatureId): readonly PlayerIntent[] {
  const one = findCreature(state, creature);
  if (!one) return [];
  const seat = one.type === "character" ? one.seat : null;
  return LISTS.flatMap((list) => list(state, { seat, creature }));
}

/** The same for everything a seat plays, each intent once. A seat without a character may still talk and leave. */
export function legalForSeat(state: WorldState, seat: SeatId): readonly PlayerIntent[] {
  const own = Object.values(state.characters).filter((character) => character.seat === seat);
  const listed = new Set<string>();
  const out: PlayerIntent[] = [];
  for (const character of own) {
    for (const intent of legalCommands(state, character.id)) {
      if (!isOwn(intent, character.id)) {
        const text = JSON.stringify(intent);
        if (listed.has(text)) continue;
        listed.add(text);
      }
      out.push(intent);
    }
  }
  return out;
}

/** Only party matters are listed by more than one character of a seat. */
function isOwn(intent: PlayerIntent, creature: CreatureId): boolean {
  return "character" in intent && intent.character === creature && intent.type !== "Interact";
}
