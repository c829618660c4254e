/** The rules' front door: one table of every intent, common checks first, then the rule. */
import { aftermathRules } from "./aftermath/mod.ts";
import { campRules } from "./camp/mod.ts";
import { driverRules } from "./combat/driver.ts";
import { combatRules, reclaim, settleBattle } from "./combat/mod.ts";
import { createPlay, type Play } from "./core/play.ts";
import type { Rng } from "./core/rng.ts";
import { type AnyRule, reject, type RuleTable } from "./core/rule.ts";
import { encounterRules } from "./encounter/mod.ts";
import { evolve } from "./evolve.ts";
import { itemRules } from "./items/mod.ts";
import { magicRules } from "./magic/mod.ts";
import { questRules } from "./quest/mod.ts";
import { seatRules } from "./seats/mod.ts";
import type { By, Command, Intent } from "./types/command.ts";
import type { WorldEvent } from "./types/event.ts";
import type { Rejection } from "./types/rejection.ts";
import type { WorldState } from "./types/state.ts";
import { isUnseen } from "./view/view.ts";
import { worldRules } from "./world/mod.ts";

export const RULES: RuleTable<Intent["type"]> = {
  ...seatRules,
  ...worldRules,
  ...encounterRules,
  ...combatRules,
  ...driverRules,
  ...magicRules,
  ...itemRules,
  ...aftermathRules,
  ...campRules,
  ...questRules,
};

export type Outcome =
  | { readonly ok: true; readonly state: WorldState; readonly events: readonly WorldEvent[] }
  | { readonly ok: false; readonly rejection: Rejection };

/** The rule of an intent. */
export function ruleOf(type: Intent["type"]): AnyRule {
  return RULES[type];
}

/** Common checks: role, ownership, mode and turn (game design 16: every mutating call is checked). */
export function permit(state: WorldState, by: By, intent: Intent): Rejection | undefined {
  const rule = ruleOf(intent.type);
  // Whoever has a seat in a world that is over may still take it off their list.
  if (state.ended !== undefined && intent.type !== "LeaveGame") return reject("world/ended");
  if (rule.who === "system") {
    return by.type === "system" ? undefined : reject("turn/not_leader");
  }
  if (by.type === "seat") {
    const refused = permitSeat(state, by, intent, rule);
    if (refused) return refused;
  }
  if (rule.modes !== "any" && !rule.modes.includes(state.mode)) return reject("turn/wrong_mode", { mode: state.mode });
  if (rule.onTurn && state.battle && "character" in intent) {
    if (state.battle.prompt) return reject("turn/prompt_open", { creature: state.battle.prompt.creature });
    if (state.battle.turn !== intent.character) {
      return reject("turn/not_yours", {
        ...(isUnseen(state.battle, state.battle.turn) ? {} : { turn: state.battle.turn }),
        ...(state.battle.endsAt === null ? {} : { endsAt: state.battle.endsAt }),
      });
    }
  }
  return undefined;
}

function permitSeat(
  state: WorldState,
  by: Extract<By, { type: "seat" }>,
  intent: Intent,
  rule: AnyRule,
): Rejection | undefined {
  const seat = state.seats[by.seat];
  if (!seat || seat.left) return reject("character/not_yours");
  if (rule.who === "leader" && !seat.roles.includes("leader")) return reject("turn/not_leader");
  if (rule.who === "host" && !seat.roles.includes("host")) return reject("world/not_host");
  if (rule.who === "own" && "character" in intent && intent.character !== undefined) {
    const character = state.characters[intent.character];
    if (!character) return reject("character/unknown");
    if (character.seat !== by.seat) return reject("character/not_yours");
  }
  return undefined;
}

/** Does one intent on a play that already runs, as the AI and chained rules do. Permission by seat is the caller's. */
export function perform(play: Play, intent: Intent): Rejection | undefined {
  const refused = ruleOf(intent.type).decide(play, intent);
  if (!refused) settleBattle(play);
  return refused;
}

/** Events, or a rejection: all chance is drawn here. Never throws for something a player asked. */
export function decide(state: WorldState, command: Command, rng: Rng): readonly WorldEvent[] | Rejection {
  const outcome = step(state, command, rng);
  return outcome.ok ? outcome.events : outcome.rejection;
}

/** Decides and folds in one go: next state and events, or the rejection. `state` itself is never changed. */
export function step(state: WorldState, command: Command, rng: Rng): Outcome {
  const refused = permit(state, command.by, command.intent);
  if (refused) return { ok: false, rejection: refused };
  const play = createPlay({ state, by: command.by, at: command.at, rng, evolve, perform });
  reclaimOwn(play, command);
  const rejection = perform(play, command.intent);
  if (rejection) return { ok: false, rejection };
  return { ok: true, state: play.state, events: play.events };
}

/** What a player does with their own character shows that they are there. Quick itself says what is wanted. */
function reclaimOwn(play: Play, { by, intent }: Command): void {
  if (by.type !== "seat" || intent.type === "Quick" || ruleOf(intent.type).who !== "own") return;
  if ("character" in intent && intent.character !== undefined) reclaim(play, intent.character);
}
