/** Folding of a world's beginning and of who sits in it. */
import { type Fold, withCharacter } from "../core/fold.ts";
import type { SeatId } from "../types/ids.ts";
import type { Role } from "../types/names.ts";
import type { Seat, WorldState } from "../types/state.ts";
import { withKnown } from "../world/fold.ts";
import { cellKey } from "../world/geometry.ts";

/** Lines of talk a world remembers. */
const TALK_KEPT = 50;

function withSeats(state: WorldState, change: (seat: Seat) => readonly Role[]): WorldState {
  const seats: Record<SeatId, Seat> = {};
  for (const seat of Object.values(state.seats)) seats[seat.id] = { ...seat, roles: change(seat) };
  return { ...state, seats };
}

/** The receiver leads, everybody else does not; a world whose host has left gets its new leader as host. */
function passLead(state: WorldState, to: SeatId): WorldState {
  const hosted = Object.values(state.seats).some((seat) => !seat.left && seat.roles.includes("host"));
  return withSeats(state, (seat) => {
    const others = seat.roles.filter((role) => role !== "leader");
    if (seat.id !== to) return others;
    return hosted || others.includes("host") ? [...others, "leader"] : ["host", "leader"];
  });
}

export const seatFold: Fold<
  | "WorldCreated"
  | "LevelGenerated"
  | "QuestOffered"
  | "PartyPlaced"
  | "SeatTaken"
  | "SeatLeft"
  | "WorldEnded"
  | "LeadPassed"
  | "CharacterJoined"
  | "CharacterLeft"
  | "CharacterUnseated"
  | "Said"
> = {
  WorldCreated: (state, event) => ({
    ...state,
    id: event.world,
    name: event.name,
    seed: event.seed,
    seedHash: event.seedHash,
    invite: event.invite,
    options: event.options,
    generator: event.generator,
    createdAt: event.at,
    at: event.at,
  }),
  LevelGenerated: (state, event) => ({ ...state, levels: { ...state.levels, [event.level.id]: event.level } }),
  QuestOffered: (state, event) => ({ ...state, quests: { ...state.quests, [event.quest.id]: event.quest } }),
  PartyPlaced: (state, event) => {
    const key = cellKey(event.to);
    const pose = { level: event.level, at: event.to, facing: event.facing };
    const next = withKnown(state, event.level, { cells: [key], visited: [key] });
    return { ...next, party: { ...next.party, ...pose, lastSafe: pose, tried: [] } };
  },
  SeatTaken: (state, event) => {
    const seat: Seat = {
      id: event.seat,
      account: event.account,
      name: event.name,
      roles: event.roles,
      left: false,
      number: state.seats[event.seat]?.number ?? Object.keys(state.seats).length + 1,
    };
    return { ...state, seats: { ...state.seats, [event.seat]: seat } };
  },
  SeatLeft: (state, event) => {
    const seat = state.seats[event.seat];
    if (!seat) return state;
    return { ...state, seats: { ...state.seats, [event.seat]: { ...seat, roles: [], left: true } } };
  },
  WorldEnded: (state, event) => ({
    ...state,
    ended: { at: event.at },
    mode: "explore",
    encounter: null,
    battle: null,
    aftermath: null,
    camp: null,
  }),
  LeadPassed: (state, event) => passLead(state, event.seat),
  CharacterJoined: (state, event) => ({
    ...state,
    characters: { ...state.characters, [event.character.id]: event.character },
    party: {
      ...state.party,
      order: [...state.party.order.filter((id) => id !== event.character.id), event.character.id],
    },
  }),
  CharacterLeft: (state, event) => {
    const { [event.character]: _gone, ...characters } = state.characters;
    return {
      ...state,
      characters,
      party: { ...state.party, order: state.party.order.filter((id) => id !== event.character) },
    };
  },
  CharacterUnseated: (state, event) => withCharacter(state, event.character, (one) => ({ ...one, seat: null })),
  Said: (state, event) => ({
    ...state,
    talk: [
      ...state.talk,
      { n: (state.talk.at(-1)?.n ?? 0) + 1, seat: event.seat, name: event.name, text: event.text, clock: state.clock },
    ].slice(-TALK_KEPT),
  }),
};
