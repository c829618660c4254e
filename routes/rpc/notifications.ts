/** Messages sent by the server, listed as methods are: for the description and for clients' types. */
import { z } from "zod";

export interface Notification {
  readonly name: string;
  readonly since: number;
  readonly params: z.ZodObject;
  readonly about: string;
}

const POSITION = { world: z.string(), audience: z.string(), epoch: z.int(), seq: z.int() };
const Hash = z.string().regex(/^[0-9a-f]{16}$/);
const Operation = z.object({ op: z.enum(["add", "remove", "replace"]), path: z.string(), value: z.json().optional() });

export const NOTIFICATIONS: readonly Notification[] = [
  {
    name: "stream.message",
    since: 1,
    params: z.object({
      ...POSITION,
      at: z.int(),
      rid: z.string(),
      events: z.array(z.looseObject({ type: z.string() })),
      patch: z.array(Operation),
      hash: Hash,
    }),
    about: "What one command changed, for one audience: events, patch, and the hash of the view after it",
  },
  {
    name: "stream.snapshot",
    since: 1,
    params: z.object({ ...POSITION, view: z.looseObject({}), hash: Hash }),
    about: "The whole view of an audience",
  },
  {
    name: "stream.resumed",
    since: 1,
    params: z.object(POSITION),
    about: "Gap or snapshot is complete; what follows is live",
  },
  {
    name: "stream.ended",
    since: 1,
    params: z.object({
      world: z.string(),
      audience: z.string(),
      code: z.string(),
      message: z.string(),
      hint: z.string(),
      docs: z.string(),
    }),
    about: "A followed stream cannot go on",
  },
  {
    name: "server.goingAway",
    since: 1,
    params: z.object({ retryAfterMs: z.int() }),
    about: "The server stops; come back after exactly this long",
  },
  {
    name: "server.notice",
    since: 1,
    params: z.object({ code: z.string(), message: z.string() }),
    about: "Something an operator or a deprecation has to say",
  },
];
