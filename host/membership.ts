import type { CreatureId, SeatId, WorldId } from "../engine/types/ids.ts";
import type { Character } from "../engine/types/creature.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { Change, RosterRecord } from "../kv/ports.ts";
import type { LiveAccount } from "./account.ts";
import { refuse, refuseByRule, type Refused } from "./answers.ts";
import type { Caller } from "./api.ts";
import { homecoming, sheetJson } from "./homecoming.ts";
import type { AlsoWrite, Prepared } from "./job.ts";
import { seatOf } from "./worlds.ts";

const SEATS = 6;
/** Seats of a world, those that were left among them: each stays in its state, so that their names in the log stay known. */
const SEATS_EVER = 40;

/** Worlds in which one account may have a seat; its list of worlds reads them all. */
const WORLDS = 50;

export interface JoinRequest {
  readonly world: WorldId;
  readonly invite?: string;
  readonly characters: readonly CreatureId[];
}

/** What an account has: its characters, and in how many worlds it has a seat. */
export interface Belongings {
  readonly roster: readonly RosterRecord[];
  readonly seats: number;
}

/** Refuses one more seat to an account that has as many as it may. */
export function checkSeats(seats: number): Refused | undefined {
  return seats < WORLDS ? undefined : refuse("world/too_many", { limit: WORLDS });
}

/** Looks at a wish to join beside the world: the invite, room for a seat, and the characters at home. */
export function prepareJoin(
  caller: Caller,
  request: JoinRequest,
  { roster, seats: taken }: Belongings,
  state: WorldState,
): Prepared {
  const seats = Object.values(state.seats);
  const present = seatOf(state, caller.account);
  // Who may not see a world learns no more than that of one that does not exist.
  if (present === undefined && (request.invite === undefined || request.invite !== state.invite)) {
    return refuse("world/unknown");
  }
  if (present === undefined && seats.filter((seat) => !seat.left).length >= SEATS) {
    return refuseByRule({ code: "world/full", details: { limit: SEATS } });
  }
  const refused = present === undefined ? checkSeats(taken) : undefined;
  if (refused !== undefined) return refused;
  const former = seats.find((seat) => seat.account === caller.account)?.id;
  if (former === undefined && seats.length >= SEATS_EVER) {
    return refuseByRule({ code: "world/full", details: { limit: SEATS_EVER } });
  }
  const characters: Character[] = [];
  for (const id of request.characters) {
    const found = roster.find((record) => record.id === id);
    if (found === undefined) return refuseByRule({ code: "character/unknown", details: { character: id } });
    if (found.away !== undefined) return refuseByRule({ code: "character/away", details: { character: id } });
    characters.push(sheetOf(found));
  }
  return {
    ok: true,
    by: { type: "system" },
    intent: {
      type: "JoinGame",
      account: caller.account,
      name: caller.name,
      seat: present ?? former ?? (`s_${seats.length + 1}` as SeatId),
      characters,
    },
  };
}

/** What taking or leaving a seat changes in the account: its list of worlds, and where its characters are. */
export function membershipWrites(
  account: LiveAccount,
  world: string,
  events: readonly WorldEvent[],
  state: WorldState,
  settled: (stored: boolean) => void,
): AlsoWrite {
  const id = account.record.id;
  const changes: Change[] = [...homecoming(events)];
  for (const event of events) {
    if (event.type === "CharacterJoined") {
      const { character } = event;
      const value = { id: character.id, sheet: sheetJson(character), away: world };
      changes.push({ type: "character", account: id, id: character.id, value });
    } else if (event.type === "SeatTaken") {
      const value = {
        world,
        seat: event.seat,
        name: state.name,
        createdAt: state.createdAt,
        roles: event.roles,
      };
      changes.push({ type: "seat", account: id, world, value: { ...value, roles: [...event.roles] } });
    } else if (event.type === "SeatLeft") {
      changes.push({ type: "seat", account: id, world });
    }
  }
  const record = account.next();
  return {
    account: {
      party: account.party,
      record,
      settled: (stored) => {
        if (stored) account.adopt(record);
        settled(stored);
      },
    },
    changes,
  };
}

/** A sheet of the roster: written by the rules when the character was made or came home. */
export function sheetOf(record: RosterRecord): Character {
  return record.sheet as object as Character;
}
