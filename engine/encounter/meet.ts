/** Meeting a group: how far, how minded, who notices whom (game design 7). */
import { checkBonus, watchfulAgainst, watchfulnessOf } from "../character/mod.ts";
import { startBattle } from "../combat/mod.ts";
import { item, monster } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import type { Group, Level } from "../types/area.ts";
import type { Roll } from "../types/event.ts";
import type { GroupId } from "../types/ids.ts";
import type { Encounter, WorldState } from "../types/state.ts";
import { canPass, neighbour } from "../world/geometry.ts";
import { ableParty } from "../world/look.ts";

/** Ms the menu stays open; then silence counts as Wait (game design 17). */
export const MENU_MS = 60_000;

export type Cells = Encounter["distance"];

/** Open cells straight ahead, two at most. */
export function openAhead(level: Level, state: WorldState): Cells {
  const { at, facing } = state.party;
  const found = state.known[level.id]?.found ?? {};
  if (!canPass(level, at, facing, found)) return 0;
  return canPass(level, neighbour(at, facing), facing, found) ? 2 : 1;
}

function cells(count: number): Cells {
  return count <= 0 ? 0 : count === 1 ? 1 : 2;
}

/**
 * Opens the encounter menu with a group of the party's level. `distance`: how far they are, in cells; less when the way ahead is shorter.
 * An ambush that nobody noticed begins as a fight at once.
 */
export function meetGroup(
  play: Play,
  id: GroupId,
  { distance = 2, surprise = true, camp = false }: {
    readonly distance?: number;
    readonly surprise?: boolean;
    readonly camp?: boolean;
  } = {},
): void {
  const { state } = play;
  const level = state.levels[state.party.level];
  const group = level?.groups[id];
  if (!level || !group || group.state === "resolved") return;
  const encounter: Encounter = {
    group: id,
    level: level.id,
    distance: cells(Math.min(distance, openAhead(level, state))),
    attitude: group.attitude,
    waits: 0,
    surprised: "none",
    ...(camp ? { camp: true as const } : {}),
    endsAt: play.at + MENU_MS,
  };
  const first = group.state === "waiting";
  play.emit({ type: "EncounterMet", encounter, level: level.id });
  if (!surprise || !first) return;
  rollSurprise(play, group);
  if (play.state.encounter?.surprised === "party") fight(play);
}

/** The slowest and loudest speaks for a side: one Stealth roll against the best passive Perception of the other. */
function rollSurprise(play: Play, group: Group): void {
  const party = ableParty(play.state);
  if (party.length === 0) return;
  const dice = play.dice("encounter");
  const rolls: { creature: string; roll: Roll }[] = [];
  let surprised: Encounter["surprised"] = "none";
  if (group.pattern === "ambush" && group.attitude === "hostile") {
    const stealth = Math.min(...group.monsters.map(({ monster: kind }) => monsterStealth(kind)));
    const roll = dice.d20(stealth);
    rolls.push({ creature: group.id, roll });
    const kinds = group.monsters.map(({ monster: kind }) => kind);
    if (roll.total > Math.max(...party.map((one) => watchfulAgainst(one, kinds)))) surprised = "party";
  } else {
    const worst = party.reduce((a, b) => (checkBonus(b, "stealth") < checkBonus(a, "stealth") ? b : a));
    const roll = dice.d20(checkBonus(worst, "stealth"), stealthMode(play.state, group));
    rolls.push({ creature: worst.id, roll });
    if (roll.total > watchfulness(group)) surprised = "foes";
  }
  play.emit({ type: "SurpriseRolled", surprised, rolls });
}

/** A light, or armour that clanks, gives the party away; the curious look elsewhere (game design 7: easily surprised). */
function stealthMode(state: WorldState, group: Group): "advantage" | "disadvantage" | "normal" {
  const loud = state.party.light !== null || ableParty(state).some((one) =>
    (one.worn.chest ?? []).some((id) => {
      const stack = one.pack.find((each) => each.id === id);
      return stack !== undefined && item(stack.item).armour?.stealthDisadvantage === true;
    })
  );
  const easy = group.attitude === "curious";
  if (loud === easy) return "normal";
  return loud ? "disadvantage" : "advantage";
}

function watchfulness(group: Group): number {
  return Math.max(...group.monsters.map(({ monster: kind }) => watchfulnessOf(kind)));
}

function monsterStealth(kind: string): number {
  const record = monster(kind);
  return record.skills?.stealth ?? Math.floor((record.abilities.dex - 10) / 2);
}

/** Ends the menu and begins the battle with the pending group. */
export function fight(play: Play): void {
  const encounter = play.state.encounter;
  if (!encounter) return;
  const { group, distance, surprised, camp = false } = encounter;
  play.emit({ type: "EncounterEnded", why: "fought", group });
  startBattle(play, { group, distance, surprised, camp });
}
