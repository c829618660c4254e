import { z } from "zod";
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
  result: z.object({ seat: z.string() }).partial(),
  cost: 5,
  errors: ["world/full", "character/unknown", "character/party_full", "character/away", "character/name_taken"],
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
});
