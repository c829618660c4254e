import { z } from "zod";
import type { WorldEvent } from "../../../engine/types/event.ts";
import { CreatureRef, InviteCode } from "../../wire/pieces.ts";
import { readInvite } from "../invite.ts";
import { command } from "../method.ts";

export const joinGame = command({
  name: "joinGame",
  since: 1,
  who: "account",
  params: z.strictObject({
    invite: InviteCode.exactOptional(),
    character: CreatureRef.exactOptional(),
    characters: z.array(CreatureRef).max(6).exactOptional(),
  }),
  result: z.object({ seat: z.string(), roles: z.array(z.string()), audience: z.string() }).partial(),
  cost: 5,
  errors: [
    "turn/wrong_mode",
    "world/full",
    "world/too_many",
    "character/unknown",
    "character/party_full",
    "character/away",
    "character/name_taken",
  ],
  about: "Takes a seat in a world by invite, or brings further characters into it",
  example: { invite: "w_9fTq.7Qm2xv", characters: ["c_aldric"] },
  worldOf: ({ invite }) => readInvite(invite).world,
  intent: ({ invite, character, characters }) => {
    const { secret } = readInvite(invite);
    return {
      type: "JoinGame",
      ...(secret === undefined ? {} : { invite: secret }),
      characters: [...new Set([...(character === undefined ? [] : [character]), ...(characters ?? [])])],
    };
  },
  extras: (events, view, caller) => {
    const seat = seatIn(events, caller.account);
    const roles = seat !== undefined && "seats" in view ? view.seats[seat]?.roles : undefined;
    return { audience: "party", ...(seat === undefined ? {} : { seat }), ...(roles === undefined ? {} : { roles }) };
  },
});

/** The caller's seat: newly taken, or that of the characters brought in. */
function seatIn(events: readonly WorldEvent[], account: string): string | undefined {
  for (const event of events) {
    if (event.type === "SeatTaken" && event.account === account) return event.seat;
    if (event.type === "CharacterJoined" && event.character.account === account) {
      return event.character.seat ?? undefined;
    }
  }
  return undefined;
}
