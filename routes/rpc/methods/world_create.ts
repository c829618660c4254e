import { z } from "zod";
import { TURN_CLOCKS } from "../../../engine/types/names.ts";
import { Title } from "../../wire/pieces.ts";
import { inviteLink } from "../invite.ts";
import { accountCommand } from "../method.ts";

export const worldCreate = accountCommand({
  name: "world.create",
  since: 1,
  params: z.strictObject({
    name: Title,
    turnClock: z.enum(TURN_CLOCKS).default("normal"),
    difficulty: z.enum(["story", "normal", "hard"]).default("normal"),
    partySize: z.int().min(1).max(6).default(4),
  }),
  result: z.object({
    world: z.string(),
    epoch: z.int(),
    seq: z.int(),
    seedHash: z.string(),
    invite: z.string(),
  }),
  cost: 20,
  errors: ["world/too_many"],
  about: "Creates a world from a fresh seed, seats the caller as its host, and shows the seed's hash",
  example: { name: "Ash Hollow", difficulty: "normal" },
  intent: ({ name, ...options }) => ({ type: "CreateWorld", name, options }),
  show: (result, call) => ({
    ...result,
    ...(typeof result["world"] === "string" && typeof result["invite"] === "string"
      ? { invite: inviteLink(call.context.publicUrl, result["world"], result["invite"]) }
      : {}),
  }),
});
