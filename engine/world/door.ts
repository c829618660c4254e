/** Doors ahead: open, shut, unlock, bash, pick and knock (game design 4.2). */
import { checkBonus, levelOf, proficiencyBonus } from "../character/mod.ts";
import type { Play } from "../core/play.ts";
import { reject } from "../core/rule.ts";
import { checkWanderers } from "../encounter/wander.ts";
import { magicRules } from "../magic/mod.ts";
import type { Door } from "../types/area.ts";
import type { Character } from "../types/creature.ts";
import type { Roll } from "../types/event.ts";
import type { CreatureId, EdgeKey, ItemId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { faceOf, isOpenDoor } from "./geometry.ts";
import { ableParty } from "./look.ts";
import { passTime } from "./time.ts";

/** Seconds to open or shut a door, and to work at a locked one. */
const HAND_SECONDS = 6;
const WORK_SECONDS = 60;
/** A bar makes bashing this much harder. */
const BAR_DC = 5;
/** Spell level of knock. */
const KNOCK_LEVEL = 2;

export interface DoorAhead {
  readonly edge: EdgeKey;
  readonly door: Door;
}

/** The door the party faces, if it knows of one. */
export function doorAhead(state: WorldState): DoorAhead | undefined {
  const level = state.levels[state.party.level];
  if (!level) return undefined;
  const face = faceOf(level, state.party.at, state.party.facing, state.known[level.id]?.found ?? {});
  return face.type === "door" && face.door.kind !== "arch" ? { edge: face.edge, door: face.door } : undefined;
}

function wasTried(state: WorldState, how: string, edge: EdgeKey): boolean {
  return state.party.tried.includes(`${how}:${edge}`);
}

/** Who carries the key: a character on their feet, or the stash in the name of the first of them. */
export function keyHolder(state: WorldState, key: ItemId | undefined): CreatureId | undefined {
  if (key === undefined) return undefined;
  const party = state.party.order.flatMap((id) => state.characters[id] ?? []);
  const holder = party.find((one) => one.pack.some((stack) => stack.id === key));
  if (holder) return holder.id;
  return state.party.stash.some((stack) => stack.id === key) ? ableParty(state)[0]?.id : undefined;
}

/** What stops one way of dealing with the door ahead, or undefined. */
export function doorFault(state: WorldState, how: DoorVerb, by?: CreatureId): Rejection | undefined {
  const ahead = doorAhead(state);
  if (!ahead) return reject("move/nothing_there");
  const { door, edge } = ahead;
  if (how === "close") return isOpenDoor(door) ? undefined : reject("move/nothing_there");
  if (isOpenDoor(door)) return reject("move/nothing_there");
  if (how === "open") {
    if (door.pass === 1) return undefined;
    return door.pass === 3 ? reject("move/barred", { edge }) : reject("move/locked", { edge });
  }
  if (door.pass === 1) return reject("move/nothing_there");
  if (how === "unlock") {
    if (door.pass === 3) return reject("move/barred", { edge });
    return keyHolder(state, door.key) === undefined ? reject("move/no_key", { edge }) : undefined;
  }
  if (wasTried(state, how, edge)) return reject("move/tried", { how });
  const worker = workerOf(state, by);
  if (!worker) return reject("character/unknown");
  if (how === "bash") return undefined;
  if (how === "pick") {
    if (door.pass === 3) return reject("move/barred", { edge });
    return toolsOf(worker) ? undefined : reject("move/no_tools");
  }
  return knockFault(worker);
}

export type DoorVerb = "open" | "close" | "unlock" | "bash" | "pick" | "knock";

function workerOf(state: WorldState, by: CreatureId | undefined): Character | undefined {
  const able = ableParty(state);
  return by === undefined ? able[0] : able.find((one) => one.id === by);
}

function toolsOf(one: Character): boolean {
  return one.pack.some((stack) => stack.item === "thievesTools");
}

function knockSlot(one: Character): number | undefined {
  const index = one.slots.findIndex((left, i) => i + 1 >= KNOCK_LEVEL && left > 0);
  return index < 0 ? undefined : index + 1;
}

function knockFault(one: Character): Rejection | undefined {
  if (!one.prepared.includes("knock")) return reject("magic/not_prepared", { spell: "knock" });
  return knockSlot(one) === undefined ? reject("magic/no_slot", { level: KNOCK_LEVEL }) : undefined;
}

/** Opens the door ahead for good, as the knock spell does: any lock or bar gives way. False when there is none. */
export function knockAhead(play: Play, by: CreatureId): boolean {
  const ahead = doorAhead(play.state);
  if (!ahead || isOpenDoor(ahead.door)) return false;
  play.emit({ type: "DoorTried", how: "knock", edge: ahead.edge, character: by, ok: true });
  setDoor(play, ahead.edge, true);
  return true;
}

function setDoor(play: Play, edge: EdgeKey, open: boolean): void {
  play.emit({ type: "DoorChanged", level: play.state.party.level, edge, open, pass: 1 });
}

/** Deals with the door ahead in one of six ways. The caller looks around afterwards. */
export function workDoor(play: Play, how: DoorVerb, by?: CreatureId): Rejection | undefined {
  const fault = doorFault(play.state, how, by);
  if (fault) return fault;
  const ahead = doorAhead(play.state);
  const worker = workerOf(play.state, by);
  if (!ahead || !worker) return reject("move/nothing_there");
  switch (how) {
    case "open":
    case "close":
      setDoor(play, ahead.edge, how === "open");
      passTime(play, HAND_SECONDS);
      return undefined;
    case "unlock":
      play.emit({
        type: "DoorTried",
        how,
        edge: ahead.edge,
        character: keyHolder(play.state, ahead.door.key) ?? worker.id,
        ok: true,
      });
      setDoor(play, ahead.edge, true);
      passTime(play, HAND_SECONDS);
      return undefined;
    case "bash":
      return attempt(play, { how, worker, ahead, dc: ahead.door.dc + (ahead.door.pass === 3 ? BAR_DC : 0) });
    case "pick":
      return attempt(play, { how, worker, ahead, dc: ahead.door.dc });
    case "knock":
      return knock(play, worker, ahead);
  }
}

function attempt(
  play: Play,
  work: { readonly how: "bash" | "pick"; readonly worker: Character; readonly ahead: DoorAhead; readonly dc: number },
): undefined {
  const { how, worker, ahead, dc } = work;
  const roll: Roll = play.dice("check").d20(how === "bash" ? checkBonus(worker, "str") : pickBonus(worker));
  const ok = roll.total >= dc;
  play.emit({ type: "DoorTried", how, edge: ahead.edge, character: worker.id, roll, dc, ok });
  if (ok) setDoor(play, ahead.edge, true);
  passTime(play, WORK_SECONDS);
  if (how === "bash" && play.state.mode === "explore") checkWanderers(play);
  return undefined;
}

/** DEX, and a thief's practice with the tools (SRD 5.1, thieves' tools). */
function pickBonus(one: Character): number {
  const practised = one.classes.some((each) => each.id === "thief");
  return checkBonus(one, "dex") + (practised ? proficiencyBonus(levelOf(one)) : 0);
}

function knock(play: Play, worker: Character, ahead: DoorAhead): Rejection | undefined {
  const slot = knockSlot(worker);
  if (slot === undefined) return reject("magic/no_slot", { level: KNOCK_LEVEL });
  const refused = magicRules.CastSpell.decide(play, {
    type: "CastSpell",
    character: worker.id,
    spell: "knock",
    slot,
  });
  if (refused) return refused;
  const door = play.state.levels[play.state.party.level]?.doors[ahead.edge];
  if (door && !isOpenDoor(door)) knockAhead(play, worker.id);
  if (play.state.mode === "explore") checkWanderers(play);
  return undefined;
}
