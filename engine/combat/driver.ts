/** What the host submits in battle: AI turns, turn clocks, prompts that ran out. A battle never waits on the AI. */
import { nextIntent } from "../ai/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject, type RuleTable } from "../core/rule.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import { isPlayed } from "./clock.ts";
import { promptExpiredRule } from "./react.ts";
import { finishTurn } from "./turn.ts";
import { refuseAction } from "./verbs.ts";

/** Acts of one AI turn at most. */
const MOST_ACTS = 16;
/** Missed turns in a row after which the AI keeps a character. */
const MISSED = 2;

export const driverRules: RuleTable<"AiTurn" | "TurnExpired" | "PromptExpired"> = {
  AiTurn: { who: "system", modes: ["battle"], decide: aiTurnRule },
  TurnExpired: { who: "system", modes: ["battle"], decide: turnExpiredRule },
  PromptExpired: { who: "system", modes: ["battle"], decide: promptExpiredRule },
};

/** Plays the whole turn of a monster, or of a character nobody plays. */
function aiTurnRule(play: Play, { creature, round }: IntentOf<"AiTurn">): Rejection | undefined {
  const refused = refuseTurn(play, creature, round);
  if (refused) return refused;
  if (isPlayed(play.state.characters[creature])) return reject("turn/not_yours", { turn: creature });
  playTurn(play, creature, {});
  return undefined;
}

/** The turn clock ran out: the AI plays this turn; after two in a row it keeps the character. */
function turnExpiredRule(play: Play, { creature, round }: IntentOf<"TurnExpired">): Rejection | undefined {
  const refused = refuseTurn(play, creature, round);
  if (refused) return refused;
  const endsAt = play.state.battle?.endsAt ?? null;
  if (endsAt === null || play.at < endsAt) return reject("turn/over");
  const missed = (play.state.characters[creature]?.missed ?? 0) + 1;
  playTurn(play, creature, { missed });
  if (missed >= MISSED && play.state.characters[creature]?.missed === missed) {
    play.emit({ type: "QuickSet", creature, on: true, by: "clock" });
  }
  return undefined;
}

function refuseTurn(play: Play, creature: CreatureId, round: number): Rejection | undefined {
  const battle = play.state.battle;
  if (!battle || battle.turn !== creature || battle.round !== round) return reject("turn/over");
  return battle.prompt ? reject("turn/prompt_open", { creature: battle.prompt.creature }) : undefined;
}

/** Asks the AI act by act, then ends the turn whatever happened; a question put to a player alone makes it wait. */
function playTurn(play: Play, id: CreatureId, options: { readonly missed?: number }): void {
  const round = play.state.battle?.round ?? 0;
  let failed = false;
  for (let act = 0; act < MOST_ACTS && holdsTurn(play, id, round); act++) {
    const intent = think(play, id);
    if (!intent || intent.type === "EndTurn") {
      failed = intent === undefined;
      break;
    }
    const before = play.events.length;
    if (play.perform(intent) !== undefined || play.events.length === before) {
      failed = true;
      break;
    }
  }
  if (!holdsTurn(play, id, round)) return;
  if (failed && refuseAction(play.state, id) === undefined) play.perform({ type: "Dodge", character: id });
  if (holdsTurn(play, id, round)) finishTurn(play, id, options);
}

function holdsTurn(play: Play, id: CreatureId, round: number): boolean {
  const battle = play.state.battle;
  return battle !== null && battle.turn === id && battle.round === round && battle.prompt === null;
}

/** The AI's next act; none when it fails: its turn then ends in a dodge (game design 17). */
function think(play: Play, id: CreatureId): PlayerIntent | undefined {
  try {
    return nextIntent(play.state, id, play.dice("ai"));
  } catch {
    return undefined;
  }
}
