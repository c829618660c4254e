/** The encounter menu: what each choice comes to, by the attitude table of game design 7. Parley comes later. */
import { speedOf } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { noteQuests } from "../quest/note.ts";
import { sendHomeUnseated } from "../seats/home.ts";
import type { Group } from "../types/area.ts";
import type { Rejection } from "../types/rejection.ts";
import type { Encounter, WorldState } from "../types/state.ts";
import { lookAround } from "../world/look.ts";
import { type Cells, fight, MENU_MS } from "./meet.ts";

export type Choice = IntentOf<"ChooseEncounter">["choice"];

/** Waits after which wary foes withdraw. */
const WARY_WAITS = 2;

/** The group the menu is about. */
export function pendingGroup(state: WorldState): Group | undefined {
  const encounter = state.encounter;
  return encounter ? state.levels[encounter.level]?.groups[encounter.group] : undefined;
}

/** Feet per round of our slowest who must walk along, and of their fastest. */
function speeds(state: WorldState, group: Group): { readonly ours: number; readonly theirs: number } {
  const party = state.party.order.flatMap((id) => state.characters[id] ?? []).filter((one) => one.life !== "dead");
  return {
    ours: Math.min(...party.map((one) => speedOf(one))),
    theirs: Math.max(0, ...group.monsters.map(({ monster: kind }) => monster(kind).speed)),
  };
}

/** What stops a choice, or undefined. */
export function choiceFault(state: WorldState, choice: Choice): Rejection | undefined {
  const encounter = state.encounter;
  const group = pendingGroup(state);
  if (!encounter || !group) return reject("combat/no_encounter");
  if (choice === "advance" && encounter.distance === 0) return reject("move/too_far", { distance: 0 });
  if (choice === "flee" && encounter.attitude === "hostile") {
    const { ours, theirs } = speeds(state, group);
    if (ours < theirs) return reject("combat/too_fast", { ours, theirs });
  }
  return undefined;
}

/** Takes one line of the menu; what it comes to depends on their attitude. */
export function chooseEncounter(play: Play, intent: IntentOf<"ChooseEncounter">): Rejection | undefined {
  const fault = choiceFault(play.state, intent.choice);
  if (fault) return fault;
  play.emit({ type: "EncounterChosen", choice: intent.choice });
  resolve(play, intent.choice);
  return undefined;
}

/** Combat by another name (method `startCombat`). */
export function startCombat(play: Play): Rejection | undefined {
  return chooseEncounter(play, { type: "ChooseEncounter", choice: "combat" });
}

/** Silence counts as Wait, so the party never attacks by default (game design 17). */
export function encounterExpired(play: Play): Rejection | undefined {
  const encounter = play.state.encounter;
  if (!encounter) return reject("combat/no_encounter");
  if (play.at < encounter.endsAt) return reject("turn/over", { endsAt: encounter.endsAt });
  play.emit({ type: "EncounterChosen", choice: "expired" });
  resolve(play, "wait");
  return undefined;
}

function resolve(play: Play, choice: Choice): void {
  const encounter = play.state.encounter;
  const group = pendingGroup(play.state);
  if (!encounter || !group) return;
  switch (choice) {
    case "combat":
      return attack(play, encounter, group);
    case "wait":
      return wait(play, encounter, group);
    case "flee":
      return flee(play, encounter);
    case "advance":
      return advance(play, encounter, group);
  }
}

/** The timid run: a fight only if even our slowest is faster than all of them. */
function attack(play: Play, encounter: Encounter, group: Group): void {
  if (encounter.attitude === "timid") {
    const { ours, theirs } = speeds(play.state, group);
    if (ours <= theirs) return part(play, group, "left");
  }
  fight(play);
}

function wait(play: Play, encounter: Encounter, group: Group): void {
  const { distance, waits } = encounter;
  switch (encounter.attitude) {
    case "hostile":
      return distance === 0 ? fight(play) : change(play, { distance: closer(distance), waits: waits + 1 });
    case "wary":
      return waits + 1 >= WARY_WAITS ? part(play, group, "left") : change(play, { distance, waits: waits + 1 });
    case "timid":
      return part(play, group, "left");
    case "curious":
      return distance === 0
        ? part(play, group, "passed")
        : change(play, { distance: closer(distance), waits: waits + 1 });
    case "friendly":
      return part(play, group, "passed");
  }
}

function advance(play: Play, encounter: Encounter, group: Group): void {
  const distance = closer(encounter.distance);
  switch (encounter.attitude) {
    case "hostile":
      change(play, { distance, waits: encounter.waits });
      return distance === 0 ? fight(play) : undefined;
    case "wary":
      return change(play, { distance, waits: encounter.waits });
    case "timid":
      return part(play, group, "left");
    case "curious":
      return distance === 0 ? part(play, group, "passed") : change(play, { distance, waits: encounter.waits });
    case "friendly":
      return part(play, group, "passed");
  }
}

function closer(distance: Cells): Cells {
  return distance === 2 ? 1 : 0;
}

function change(play: Play, to: { readonly distance: Cells; readonly waits: number }): void {
  const attitude = play.state.encounter?.attitude ?? "hostile";
  play.emit({ type: "EncounterChanged", ...to, attitude, endsAt: play.at + MENU_MS });
}

/** Back to where the party was last safe. The group stays where it is. */
function flee(play: Play, encounter: Encounter): void {
  play.emit({ type: "EncounterEnded", why: "fled", group: encounter.group });
  lookAround(play);
  sendHomeUnseated(play);
}

/**
 * They go their way for good, or let us pass: resolved without arms at the same experience (decision D14). They take along what they
 * carry, but leave behind whatever a lock or a commission needs.
 */
function part(play: Play, group: Group, why: "left" | "passed"): void {
  const encounter = play.state.encounter;
  if (!encounter) return;
  const level = encounter.level;
  play.emit({ type: "EncounterEnded", why, group: group.id });
  play.emit({ type: "GroupResolved", level, group: group.id, how: "left" });
  const heirs = play.state.party.order.flatMap((id) => play.state.characters[id] ?? [])
    .filter((one) => one.life !== "dead");
  const share = heirs.length === 0 ? 0 : Math.floor(group.xp / heirs.length);
  for (const one of heirs) {
    if (share > 0) play.emit({ type: "XpGained", character: one.id, amount: share, xp: one.xp + share });
  }
  leavePlot(play, level, group);
  noteQuests(play);
  sendHomeUnseated(play);
}

function leavePlot(play: Play, level: Encounter["level"], group: Group): void {
  const cache = group.cache === undefined ? undefined : play.state.levels[level]?.caches[group.cache];
  const items = cache?.items.filter((stack) => stack.plot) ?? [];
  if (cache && items.length > 0) play.emit({ type: "CacheTaken", level, cache: cache.id, coins: 0, items });
}
