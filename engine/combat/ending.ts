/** How battles end: won, escaped, lost, stand-off. Always one of them, never a dead end (game design 6.3, 17). */
import { beginAftermath } from "../aftermath/mod.ts";
import { monster } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import type { EventOf } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { sendHomeUnseated } from "../seats/home.ts";
import { bringRound, loseBattle } from "./defeat.ts";

/** Rounds without a hostile act before both sides draw apart. */
export const IDLE_ROUNDS = 10;
/** Ms of the encounter's menu after a stand-off. */
const MENU_MS = 60_000;

export type Ending = EventOf<"CombatEnded">["outcome"];

/** What the field says: an ending, or undefined while both sides can go on. */
export function endingOf(state: WorldState): Ending | undefined {
  const battle = state.battle;
  if (!battle) return undefined;
  if (!someUp(state, battle, "party")) return someFled(state, battle) ? "escaped" : "lost";
  if (!someUp(state, battle, "foe")) return "won";
  return battle.idle > IDLE_ROUNDS ? "standoff" : undefined;
}

/** Ends the battle if it is over, and says whether it did. */
export function endIfOver(play: Play): boolean {
  const battle = play.state.battle;
  if (!battle) return true;
  const ending = endingOf(play.state);
  if (ending === undefined) return false;
  if (ending === "won") win(play, battle);
  else if (ending === "escaped") escape(play, battle);
  else if (ending === "lost") loseBattle(play, endEvent(play.state, battle, "lost"));
  else drawApart(play, battle);
  if (play.state.mode === "explore") sendHomeUnseated(play);
  return true;
}

function win(play: Play, battle: Battle): void {
  bringRound(play, battle);
  beginAftermath(play);
  play.emit({ type: "CombatEnded", combat: battle.id, outcome: "won" });
}

/** The party is back where it last was safe; who was left behind drags along at 1 HP, or is dead. */
function escape(play: Play, battle: Battle): void {
  bringRound(play, battle);
  const { lastSafe } = play.state.party;
  play.emit(endEvent(play.state, battle, "escaped"));
  play.emit({ type: "PartyPlaced", level: lastSafe.level, to: lastSafe.at, facing: lastSafe.facing });
}

/** Both sides draw apart: the encounter's menu again, as far away as it goes. */
function drawApart(play: Play, battle: Battle): void {
  const level = battle.field.level;
  const group = play.state.levels[level]?.groups[battle.group];
  bringRound(play, battle);
  play.emit(endEvent(play.state, battle, "standoff"));
  if (!group) return;
  play.emit({
    type: "EncounterMet",
    level,
    encounter: {
      group: battle.group,
      level,
      distance: 2,
      attitude: group.attitude,
      waits: 0,
      surprised: "none",
      endsAt: play.at + MENU_MS,
    },
  });
}

/** The end of a battle the group survived, with what is left of it. */
function endEvent(state: WorldState, battle: Battle, outcome: Ending): EventOf<"CombatEnded"> {
  const counts = new Map<string, number>();
  for (const id of battle.order) {
    const foe = state.battle?.monsters[id];
    if (foe && foe.life !== "dead") counts.set(foe.monster, (counts.get(foe.monster) ?? 0) + 1);
  }
  const left = [...counts].map(([kind, count]) => ({ monster: kind, count }));
  const leftXp = left.reduce((sum, one) => sum + one.count * monster(one.monster).xp, 0);
  return { type: "CombatEnded", combat: battle.id, outcome, left, leftXp };
}

function someUp(state: WorldState, battle: Battle, side: "party" | "foe"): boolean {
  return battle.order.some((id) => battle.on[id]?.side === side && findCreature(state, id)?.life === "up");
}

function someFled(state: WorldState, battle: Battle): boolean {
  return partyOf(battle).some((id) => state.characters[id]?.life === "fled");
}

/** Characters of the battle in initiative order. */
export function partyOf(battle: Battle): readonly CreatureId[] {
  return battle.order.filter((id) => battle.on[id]?.side === "party");
}
