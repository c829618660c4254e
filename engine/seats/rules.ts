/** Who sits in a world: it begins, people come and go, the lead passes on (game design 10). */
import { classOf } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject, type RuleTable } from "../core/rule.ts";
import type { Character } from "../types/creature.ts";
import type { SeatId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { Seat, WorldState } from "../types/state.ts";
import { lookAround } from "../world/look.ts";
import { createWorld } from "./create.ts";
import { endWorld } from "./end.ts";
import { goHome } from "./home.ts";

/** A party has at most six characters (game design 10). */
export const PARTY_MAX = 6;
/** Longest line of talk, in UTF-16 units. */
export const SAY_MAX = 500;

/** Seats of people who are still here, longest present first. */
export function presentSeats(state: WorldState): readonly Seat[] {
  return Object.values(state.seats).filter((seat) => !seat.left).sort((a, b) => a.number - b.number);
}

/** Modes in which a character cannot simply walk in or out. */
export function isFight(state: WorldState): boolean {
  return state.mode === "battle" || state.mode === "encounter" || state.mode === "aftermath";
}

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function joinFault(state: WorldState, characters: readonly Character[]): Rejection | undefined {
  if (characters.length === 0) return undefined;
  if (isFight(state)) return reject("turn/wrong_mode", { mode: state.mode });
  const names = new Set(Object.values(state.characters).map((one) => fold(one.name)));
  for (const one of characters) {
    if (state.characters[one.id]) return reject("character/away", { character: one.id });
    if (names.has(fold(one.name))) return reject("character/name_taken", { name: one.name });
    names.add(fold(one.name));
  }
  const count = state.party.order.length + characters.length;
  return count > PARTY_MAX ? reject("character/party_full", { limit: PARTY_MAX, count }) : undefined;
}

/** The starting coins of its class, into the party's purse (game design 8). */
function bringCoins(play: Play, character: Character): void {
  const by = character.classes.reduce((sum, { id }) => sum + classOf(id).coins, 0);
  if (by > 0) play.emit({ type: "PurseChanged", by, purse: play.state.party.purse + by, why: "joined" });
}

function joinGame(play: Play, intent: IntentOf<"JoinGame">): Rejection | undefined {
  const { state } = play;
  const fault = joinFault(state, intent.characters);
  if (fault) return fault;
  const seat = state.seats[intent.seat];
  if (!seat || seat.left) {
    const present = presentSeats(state);
    play.emit({
      type: "SeatTaken",
      seat: intent.seat,
      account: intent.account,
      name: intent.name,
      roles: present.length === 0 ? ["host", "leader"] : [],
    });
  }
  for (const character of intent.characters) {
    const home = { account: intent.account, seat: intent.seat, quick: false, missed: 0, coinsPaid: true } as const;
    play.emit({ type: "CharacterJoined", character: { ...character, ...home } });
    if (!character.coinsPaid) bringCoins(play, character);
  }
  if (intent.characters.length > 0) lookAround(play);
  return undefined;
}

/** Takes the lead on when its holder goes or is long away: to the longest present of the others. */
function passLeadFrom(play: Play, from: SeatId): void {
  const heir = presentSeats(play.state).find((seat) => seat.id !== from);
  if (heir) play.emit({ type: "LeadPassed", seat: heir.id });
}

function leaveGame(play: Play): Rejection | undefined {
  if (play.by.type !== "seat") return reject("character/not_yours");
  const id = play.by.seat;
  const leads = play.state.seats[id]?.roles.includes("leader") === true;
  const own = Object.values(play.state.characters).filter((one) => one.seat === id);
  for (const character of own) {
    if (isFight(play.state)) play.emit({ type: "CharacterUnseated", character: character.id });
    else goHome(play, character);
  }
  play.emit({ type: "SeatLeft", seat: id });
  if (leads) passLeadFrom(play, id);
  return undefined;
}

function giveLead(play: Play, intent: IntentOf<"GiveLead">): Rejection | undefined {
  const seat = play.state.seats[intent.seat];
  if (!seat || seat.left) return reject("character/unknown", { seat: intent.seat });
  if (seat.roles.includes("leader")) return reject("turn/over", { seat: intent.seat });
  play.emit({ type: "LeadPassed", seat: seat.id });
  return undefined;
}

/** The host names the leader it found away, so that a late command about a former leader changes nothing. */
function passLead(play: Play, intent: IntentOf<"PassLead">): Rejection | undefined {
  const to = play.state.seats[intent.seat];
  if (!to || to.left) return reject("character/unknown", { seat: intent.seat });
  if (to.roles.includes("leader")) return reject("turn/over", { seat: intent.seat });
  play.emit({ type: "LeadPassed", seat: to.id });
  return undefined;
}

function say(play: Play, intent: IntentOf<"Say">): Rejection | undefined {
  if (play.by.type !== "seat") return reject("character/not_yours");
  const text = intent.text.normalize("NFC").replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim().slice(0, SAY_MAX);
  if (text === "") return reject("talk/empty");
  play.emit({ type: "Said", seat: play.by.seat, name: play.state.seats[play.by.seat]?.name ?? "", text });
  return undefined;
}

export const seatRules: RuleTable<
  "CreateWorld" | "JoinGame" | "LeaveGame" | "EndWorld" | "GiveLead" | "PassLead" | "Say"
> = {
  CreateWorld: { who: "system", modes: "any", decide: createWorld },
  JoinGame: { who: "system", modes: "any", decide: joinGame },
  LeaveGame: { who: "member", modes: "any", decide: leaveGame, relies: () => false },
  EndWorld: { who: "host", modes: "any", decide: endWorld, relies: () => false },
  GiveLead: {
    who: "leader",
    modes: "any",
    decide: giveLead,
    relies: (event) => event.type === "LeadPassed" || event.type === "SeatLeft",
  },
  PassLead: { who: "system", modes: "any", decide: passLead },
  Say: { who: "member", modes: "any", decide: say, relies: () => false },
};
