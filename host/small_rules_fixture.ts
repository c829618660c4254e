/** A game small enough to count by hand, over the real state and event types, for tests of the host alone. */
import type { Command } from "../engine/types/command.ts";
import type { Character } from "../engine/types/creature.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { GroupId, LevelId, SeatId, WorldId } from "../engine/types/ids.ts";
import { AUDIENCES } from "../engine/types/names.ts";
import { STATE_VERSION, type WorldState } from "../engine/types/state.ts";
import type { View } from "../engine/types/view.ts";
import { hashOf, type HashValue } from "../engine/view/hash.ts";
import { applyPatch, diff } from "../engine/view/patch.ts";
import type { EnginePort, StepOutcome, ViewEvent } from "./engine_port.ts";

/** What the steps of the small game do:
 * `Step` puts one coin into the purse (refused while searching), `Search` sets or clears searching, `Turn` is known to
 * nobody, `Say` speaks on the talk stream, `StartCombat` meets somebody for ten seconds, `MakeCamp` for two minutes, `Light` is a bug of the rules.
 */
export function smallRules(): EnginePort {
  return {
    audiences: AUDIENCES,
    stateVersion: 1,
    viewVersion: 1,
    forms: {
      event: 1,
      liftEvent: (stored) => stored as object as WorldEvent,
      liftState: (stored) => "v" in stored ? stored as object as WorldState : undefined,
      lowerState: (state) => state,
    },
    rulesVersion: 1,
    start: (world) => startState(world as WorldId),
    step,
    evolve,
    relies: (event) => event.type !== "TimePassed",
    knows: (type) => type !== "Unheard",
    view: (state, audience) => (audience === "party" ? partyView(state) : { lines: linesOf(state) }) as object as View,
    redact(_after, event, audience) {
      if (event.type === "CellsSeen") return undefined;
      if ((event.type === "Said") !== (audience === "party.talk")) return undefined;
      return event as ViewEvent;
    },
    hash: (value) => hashOf(value as object as HashValue),
    diff: (before, after) => diff(before as object as HashValue, after as object as HashValue),
    apply: (view, patch) => applyPatch(view as object as HashValue, patch) as object as View,
    due: ({ encounter }) =>
      encounter === null ? undefined : { at: encounter.endsAt, intent: { type: "EncounterExpired" } },
    options: () => [{ intent: { type: "Step" } }],
    rollScores: (_seed, roll) => [15, 14, 13, 12, 10, 8 + roll],
    createCharacter: ({ intent, id, account }) =>
      intent.name === "Bad"
        ? { ok: false, rejection: { code: "character/bad_name" } }
        : { ok: true, character: { id, account, name: intent.name, type: "character", seat: null } as Character },
  };
}

const someLevel = "l_1" as LevelId;

function step(state: WorldState, { by, at, intent }: Command): StepOutcome {
  switch (intent.type) {
    case "CreateWorld":
      return done(state, [{ ...intent, type: "WorldCreated", generator: 1, at }]);
    case "JoinGame": {
      const { seat, account, name } = intent;
      const present = Object.values(state.seats).some((one) => !one.left);
      const taken: WorldEvent = { type: "SeatTaken", seat, account, name, roles: present ? [] : ["host", "leader"] };
      const seated = state.seats[seat]?.left === false;
      return done(state, [
        ...(seated ? [] : [taken]),
        ...intent.characters.map((character) => ({ type: "CharacterJoined", character } as const)),
      ]);
    }
    case "LeaveGame": {
      if (by.type !== "seat") return { ok: false, rejection: { code: "character/not_yours" } };
      const own = Object.values(state.characters);
      return done(state, [
        ...own.map((sheet) => ({ type: "CharacterLeft", character: sheet.id, sheet } as const)),
        { type: "SeatLeft", seat: by.seat },
      ]);
    }
    case "PassLead":
      return done(state, [{ type: "LeadPassed", seat: intent.seat }]);
    case "Step":
      if (state.party.searching) {
        return { ok: false, rejection: { code: "move/blocked", details: { by: "searching" } } };
      }
      return done(state, [{ type: "PurseChanged", by: 1, purse: state.party.purse + 1, why: "loot" }, {
        type: "TimePassed",
        seconds: 6,
      }]);
    case "Search":
      return done(state, [{ type: "SearchSet", on: intent.mode === "on" }]);
    case "Turn":
      return done(state, [{ type: "CellsSeen", level: someLevel, cells: [] }]);
    case "Say":
      return done(state, [{ type: "Said", seat: "s_1" as SeatId, name: "Ada", text: intent.text }]);
    case "StartCombat":
      return done(state, [{ type: "EncounterMet", level: someLevel, encounter: encounterUntil(at + 10_000) }]);
    case "MakeCamp":
      return done(state, [{ type: "EncounterMet", level: someLevel, encounter: encounterUntil(at + 120_000) }]);
    case "EncounterExpired":
      return done(state, [{ type: "EncounterEnded", why: "passed", group: "g_1" as GroupId }]);
    case "Light":
      throw new Error("A bug of the rules");
    default:
      return { ok: false, rejection: { code: "turn/wrong_mode" } };
  }
}

function encounterUntil(endsAt: number) {
  const group = "g_1" as GroupId;
  return {
    group,
    level: someLevel,
    distance: 1,
    attitude: "wary",
    waits: 0,
    surprised: "none",
    endsAt,
  } as const;
}

function done(state: WorldState, events: readonly WorldEvent[]): StepOutcome {
  return { ok: true, state: events.reduce(evolve, state), events };
}

function evolve(state: WorldState, event: WorldEvent): WorldState {
  const made = state.made + 1;
  switch (event.type) {
    case "WorldCreated": {
      const { name, seed, seedHash, invite, at } = event;
      return { ...state, made, name, seed, seedHash, invite, createdAt: at };
    }
    case "SeatTaken": {
      const { seat, account, name, roles } = event;
      const taken = { id: seat, account, name, roles, left: false, number: Object.keys(state.seats).length + 1 };
      return { ...state, made, seats: { ...state.seats, [seat]: taken } };
    }
    case "SeatLeft": {
      const seat = state.seats[event.seat];
      return seat === undefined
        ? state
        : { ...state, made, seats: { ...state.seats, [event.seat]: { ...seat, left: true } } };
    }
    case "LeadPassed": {
      const seats = Object.values(state.seats).map((seat) =>
        [seat.id, { ...seat, roles: seat.id === event.seat ? ["leader" as const] : [] }] as const
      );
      return { ...state, made, seats: Object.fromEntries(seats) };
    }
    case "CharacterJoined":
      return { ...state, made, characters: { ...state.characters, [event.character.id]: event.character } };
    case "CharacterLeft": {
      const { [event.character]: _gone, ...characters } = state.characters;
      return { ...state, made, characters };
    }
    case "PurseChanged":
      return { ...state, made, party: { ...state.party, purse: event.purse } };
    case "TimePassed":
      return { ...state, made, clock: state.clock + event.seconds };
    case "SearchSet":
      return { ...state, made, party: { ...state.party, searching: event.on } };
    case "Said":
      return {
        ...state,
        made,
        talk: [...state.talk, { seat: event.seat, name: event.name, text: event.text, clock: 0, n: made }],
      };
    case "EncounterMet":
      return { ...state, made, mode: "encounter", encounter: event.encounter };
    case "EncounterEnded":
      return { ...state, made, mode: "explore", encounter: null };
    default:
      return { ...state, made };
  }
}

function partyView(state: WorldState) {
  return {
    name: state.name,
    mode: state.mode,
    clock: { seconds: state.clock },
    seats: Object.fromEntries(
      Object.values(state.seats).map(({ id, name, roles, left }) => [id, { id, name, roles, left }]),
    ),
    party: { purse: state.party.purse, searching: state.party.searching },
    characters: Object.fromEntries(Object.keys(state.characters).map((id) => [id, { id }])),
  };
}

function linesOf(state: WorldState) {
  return Object.fromEntries(state.talk.map(({ seat, name, text, clock }, i) => [i, { seat, name, text, clock }]));
}

function startState(id: WorldId): WorldState {
  const nowhere = { level: someLevel, at: [0, 0], facing: "north" } as const;
  return {
    v: STATE_VERSION,
    id,
    name: "",
    seed: "",
    seedHash: "",
    generator: 0,
    options: { turnClock: "normal", difficulty: "normal" },
    createdAt: 0,
    at: 0,
    clock: 0,
    mode: "explore",
    invite: "",
    seats: {},
    characters: {},
    party: { ...nowhere, searching: false, order: [], purse: 0, stash: [], light: null, tried: [], lastSafe: nowhere },
    levels: {},
    known: {},
    encounter: null,
    battle: null,
    aftermath: null,
    camp: null,
    quests: {},
    piles: {},
    talk: [],
    made: 0,
  };
}
