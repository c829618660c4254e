/** Turn clocks by world option, and what the host has to submit next (game design 10). */
import type { Character } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { SystemIntent } from "../types/command.ts";
import type { TurnClock } from "../types/names.ts";
import type { Battle, WorldState } from "../types/state.ts";

/** Ms of each turn; null: no clock. */
export const TURN_MS: Readonly<Record<TurnClock, number | null>> = { normal: 45_000, brisk: 20_000, relaxed: null };
/** Ms of the bank a seat has in each battle. */
export const BANK: Readonly<Record<TurnClock, number>> = { normal: 90_000, brisk: 0, relaxed: 0 };
/** Ms a reaction's question stands. */
export const PROMPT_MS = 8_000;

/** A character whose player decides: seated and not on Quick. */
export function isPlayed(character: Character | undefined): character is Character {
  return character !== undefined && character.seat !== null && !character.quick;
}

/** When the clock of a turn that begins now runs out; null for the AI's turns and in relaxed worlds. */
export function turnEndsAt(state: WorldState, battle: Battle, id: CreatureId, now: number): number | null {
  const character = state.characters[id];
  const turn = TURN_MS[state.options.turnClock];
  if (!isPlayed(character) || character.seat === null || turn === null) return null;
  return now + turn + (battle.banks[character.seat] ?? 0);
}

/** The seat's bank after a turn that ends now: only what ran past the turn's own time is taken from it. */
export function bankAfter(
  state: WorldState,
  battle: Battle,
  id: CreatureId,
  now: number,
): { readonly seat: NonNullable<Character["seat"]>; readonly left: number } | undefined {
  const seat = state.characters[id]?.seat;
  const bank = seat ? battle.banks[seat] : undefined;
  if (!seat || bank === undefined || battle.endsAt === null) return undefined;
  const left = Math.max(0, Math.min(bank, battle.endsAt - now));
  return left === bank ? undefined : { seat, left };
}

/** The next timer of a battle. A time not after `state.at` means now. */
export function combatDue(state: WorldState): { readonly at: number; readonly intent: SystemIntent } | undefined {
  const battle = state.battle;
  if (!battle) return undefined;
  const { prompt, turn: creature, round } = battle;
  if (prompt) return { at: prompt.endsAt, intent: { type: "PromptExpired", creature: prompt.creature } };
  if (!isPlayed(state.characters[creature])) return { at: state.at, intent: { type: "AiTurn", creature, round } };
  return battle.endsAt === null ? undefined : { at: battle.endsAt, intent: { type: "TurnExpired", creature, round } };
}
