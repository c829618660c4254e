/** Answers to a prompt, standing policies, and handing a character to the AI (game design 6.2, 10). */
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import type { EventOf } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { Prompt } from "../types/state.ts";
import { resumeAttack } from "./attack.ts";
import { turnEndsAt } from "./clock.ts";
import { walk } from "./move.ts";
import { strike } from "./reactions.ts";

export function reactRule(play: Play, { character, take }: IntentOf<"React">): Rejection | undefined {
  const prompt = play.state.battle?.prompt;
  if (!prompt || prompt.creature !== character) return reject("turn/no_prompt");
  answer(play, prompt, take, "player");
  return undefined;
}

/** Nobody answered: a free reaction is taken. */
export function promptExpiredRule(play: Play, { creature }: IntentOf<"PromptExpired">): Rejection | undefined {
  const prompt = play.state.battle?.prompt;
  if (!prompt || prompt.creature !== creature || play.at < prompt.endsAt) return reject("turn/no_prompt");
  answer(play, prompt, true, "clock");
  return undefined;
}

/** Closes the prompt, does what was chosen, and goes on with what it had interrupted. */
function answer(play: Play, prompt: Prompt, take: boolean, by: EventOf<"PromptAnswered">["by"]): void {
  const endsAt = play.state.battle?.endsAt ?? null;
  const waited = Math.max(0, play.at - (prompt.since ?? play.at));
  play.emit({
    type: "PromptAnswered",
    creature: prompt.creature,
    take,
    by,
    ...(endsAt === null ? {} : { endsAt: endsAt + waited }),
  });
  if (prompt.type === "shield") {
    resumeAttack(play, prompt, take);
    return;
  }
  if (take) strike(play, prompt.creature, prompt.mover);
  if (!play.state.battle?.prompt) walk(play, prompt.mover, prompt.path, prompt.asked);
}

export function setPolicyRule(
  play: Play,
  { character, kind, policy }: IntentOf<"SetPolicy">,
): Rejection | undefined {
  if (!play.state.characters[character]) return reject("character/unknown");
  play.emit({ type: "PolicySet", creature: character, kind, policy });
  return undefined;
}

export function quickRule(play: Play, { character, on }: IntentOf<"Quick">): Rejection | undefined {
  const one = play.state.characters[character];
  if (!one) return reject("character/unknown");
  // The server hands over only whose player is gone; the turn clock does so in a rule of its own.
  const by = play.by.type === "seat" ? "player" : "absence";
  play.emit({ type: "QuickSet", creature: character, on, by, ...clockAfter(play, character, on) });
  return undefined;
}

/**
 * Any act of its player takes back a character that the clock or absence put on Quick (game design 10); one put there by
 * its player stays. Comes before the act itself, which then finds the turn as its player's own.
 */
export function reclaim(play: Play, id: CreatureId): void {
  const quickBy = play.state.characters[id]?.quickBy;
  if (quickBy === undefined || quickBy === "player") return;
  play.emit({ type: "QuickSet", creature: id, on: false, by: "player", ...clockAfter(play, id, false) });
}

/** Taking a character back in its own turn starts the turn's clock again. */
function clockAfter(play: Play, id: CreatureId, on: boolean): { readonly endsAt?: number } {
  const { state, at } = play;
  const character = state.characters[id];
  if (on || !character || !state.battle || state.battle.turn !== id) return {};
  const { quickBy: _, ...rest } = character;
  const played = { ...state, characters: { ...state.characters, [id]: { ...rest, quick: false } } };
  const endsAt = turnEndsAt(played, state.battle, id, at);
  return endsAt === null ? {} : { endsAt };
}
