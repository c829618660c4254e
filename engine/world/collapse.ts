/** Nobody on their feet and no foe about: the party lies until somebody wakes, or the temple fetches it (game design 17). */
import { maxSlots } from "../character/mod.ts";
import type { Play } from "../core/play.ts";
import { tickPeace } from "../effects/mod.ts";
import type { WorldState } from "../types/state.ts";

const HOUR = 3_600;
const WEEK = 7 * 24 * HOUR;
/** Hours the fallen may lie before the temple's people come anyway. */
const HOURS_MAX = 24;

function somebodyUp(state: WorldState): boolean {
  return state.party.order.some((id) => state.characters[id]?.life === "up");
}

function somebodyAlive(state: WorldState): boolean {
  return state.party.order.some((id) => {
    const life = state.characters[id]?.life;
    return life !== undefined && life !== "dead";
  });
}

/** Ends only with somebody on their feet. Call it when the party has members and none is up. */
export function bringBack(play: Play): void {
  for (let hour = 0; hour < HOURS_MAX && !somebodyUp(play.state) && somebodyAlive(play.state); hour += 1) {
    play.emit({ type: "TimePassed", seconds: HOUR });
    tickPeace(play, HOUR);
  }
  if (!somebodyUp(play.state)) rescue(play);
}

function rescue(play: Play): void {
  const first = Object.values(play.state.levels).sort((a, b) => a.depth - b.depth)[0];
  if (!first) return;
  const { at: to, facing } = first.entry;
  play.emit({ type: "PartyRescued", fee: Math.floor(play.state.party.purse / 10), level: first.id, to, facing });
  play.emit({ type: "TimePassed", seconds: WEEK });
  const party = play.state.party.order.flatMap((id) => play.state.characters[id] ?? []);
  for (const one of party) {
    play.emit({ type: "LifeChanged", creature: one.id, life: "up", hp: one.maxHp, why: "raised" });
  }
  play.emit({
    type: "Rested",
    kind: "long",
    characters: party.map((one) => ({
      id: one.id,
      hp: one.maxHp,
      slots: maxSlots(one),
      used: {},
      hitDice: one.classes.reduce((sum, { level }) => sum + level, 0),
      life: "up",
    })),
  });
}
