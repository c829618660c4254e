/**
 * The record of a method, from which everything else is made: dispatch, validation, permission, cost, documents, metrics.
 * `command` submits to a world, `accountCommand` to the caller's account; `query` and `control` bring a handler.
 */
import { z } from "zod";
import type { Admin } from "../../host/admin.ts";
import type { JsonObject, WorldCommand } from "../../host/api.ts";
import type { AccountIntent, Caller } from "../../host/api.ts";
import type { WorldEvent } from "../../engine/types/event.ts";
import type { View } from "../../engine/types/view.ts";
import type { Code } from "../wire/codes.ts";
import { Cseq, Epoch, Lane, Seq, WorldRef } from "../wire/pieces.ts";
import { type Call, done, type Outcome, refuse } from "./call.ts";
import {
  ACCOUNT_COMMAND_CODES,
  ADMIN_CODES,
  ANY_CODES,
  COMMAND_CODES,
  HOST_SEAT_CODES,
  LEADER_CODES,
  OWN_CODES,
  QUERY_CODES,
  SIGNED_IN_CODES,
} from "./codes_by_kind.ts";
import { issuesOf } from "./issues.ts";

export type SeatRole = "own" | "leader" | "host" | "member";
/** Who may call. Seats are checked by the world itself, in its own order, so that nothing can change in between. */
export type Who = "anyone" | "account" | "admin" | { readonly seat: SeatRole };

/** The caller needs a seat: with an own character, as leader, as host, or any. */
export function seat(role: SeatRole): { readonly seat: SeatRole } {
  return { seat: role };
}

interface About {
  readonly name: string;
  /** API generation that brought this meaning. */
  readonly since: number;
  /** Tokens a call costs (protocol, section 10). */
  readonly cost: number;
  /** Codes this method may answer beside those of its kind. */
  readonly errors: readonly Code[];
  /** One sentence. */
  readonly about: string;
  /** Valid own params. */
  readonly example: JsonObject;
}

export interface Method extends About {
  readonly kind: "command" | "query" | "control";
  readonly who: Who;
  /** All members a caller may send, as a strict object. */
  readonly params: z.ZodObject;
  readonly result: z.ZodType;
  /** May wait longer than the usual deadline. */
  readonly waits?: true;
  /** Validates and runs. The dispatcher has checked that there is a caller where one is needed. */
  invoke(raw: JsonObject, call: Call): Promise<Outcome>;
}

const MEMBERS = z.object({
  cseq: Cseq,
  lane: Lane.default(0),
  epoch: Epoch.exactOptional(),
  expectSeq: Seq.exactOptional(),
});
const WORLD_MEMBERS = MEMBERS.extend({ world: WorldRef });
const ACCOUNT_MEMBERS = MEMBERS.pick({ cseq: true, lane: true });

export const EventList = z.array(z.looseObject({ type: z.string() }));
const WORLD_RESULT = z.object({ world: z.string(), cseq: z.int(), epoch: z.int(), seq: z.int(), events: EventList });

interface CommandRecord<P extends z.ZodObject> extends About {
  readonly who: Who;
  readonly params: P;
  /** Members of the result beyond `{world, cseq, epoch, seq, events}`. */
  readonly result?: z.ZodObject;
  readonly intent: (params: z.output<P>) => WorldCommand["ask"];
  /** Those members, from the events and the view after them; they are stored with the receipt. */
  readonly extras?: (events: readonly WorldEvent[], view: View, caller: Caller) => JsonObject;
  /** Where the world is named otherwise than by `world`. */
  readonly worldOf?: (params: z.output<P>) => string | undefined;
}

/** A command to a world: validated, then submitted; the answer comes after the commit. */
export function command<P extends z.ZodObject>(record: CommandRecord<P>): Method {
  const { name, params, intent, extras, worldOf } = record;
  const members = worldOf === undefined ? WORLD_MEMBERS : WORLD_MEMBERS.partial({ world: true });
  return {
    ...about(record),
    kind: "command",
    who: record.who,
    errors: [...new Set([...COMMAND_CODES, ...seatCodes(record.who), ...record.errors])],
    params: z.strictObject({ ...members.shape, ...params.shape }),
    result: z.looseObject({ ...WORLD_RESULT.shape, ...record.result?.shape }),
    invoke(raw, call) {
      const caller = call.context.caller;
      if (caller === undefined) return Promise.resolve(refuse("auth/required"));
      const { world: _world, cseq: _cseq, lane: _lane, epoch: _epoch, expectSeq: _expectSeq, ...own } = raw;
      const parsed = params.safeParse(own);
      const named = worldOf !== undefined && parsed.success && raw["world"] === undefined
        ? worldOf(parsed.data)
        : undefined;
      const framed = WORLD_MEMBERS.safeParse(named === undefined ? raw : { ...raw, world: named });
      if (!parsed.success || !framed.success) return Promise.resolve(invalid(framed.error, parsed.error));
      const { world, cseq, lane, epoch, expectSeq } = framed.data;
      return call.services.host.submit(caller, {
        world,
        cseq,
        lane,
        rid: call.rid,
        method: name,
        params: fingerprinted(raw),
        ask: intent(parsed.data),
        ...(epoch === undefined ? {} : { epoch }),
        ...(expectSeq === undefined ? {} : { expectSeq }),
        ...(extras === undefined ? {} : { extras: (events, view) => extras(events, view, caller) }),
      });
    },
  };
}

interface AccountCommandRecord<P extends z.ZodObject> extends About {
  readonly params: P;
  readonly result: z.ZodObject;
  readonly intent: (params: z.output<P>) => AccountIntent;
  /** What the answer shows beyond what the host stored. */
  readonly show?: (result: JsonObject, call: Call) => JsonObject;
}

/** A command to the caller's account; order and receipts live there. */
export function accountCommand<P extends z.ZodObject>(record: AccountCommandRecord<P>): Method {
  const { name, params, intent, show } = record;
  return {
    ...about(record),
    kind: "command",
    who: "account",
    errors: [...new Set([...ACCOUNT_COMMAND_CODES, ...record.errors])],
    params: z.strictObject({ ...ACCOUNT_MEMBERS.shape, ...params.shape }),
    result: z.looseObject({ cseq: z.int(), ...record.result.shape }),
    async invoke(raw, call) {
      const caller = call.context.caller;
      if (caller === undefined) return refuse("auth/required");
      const { cseq: _cseq, lane: _lane, ...own } = raw;
      const parsed = params.safeParse(own);
      const framed = ACCOUNT_MEMBERS.safeParse(raw);
      if (!parsed.success || !framed.success) return invalid(framed.error, parsed.error);
      const answer = await call.services.host.submitAccount(caller, {
        ...framed.data,
        rid: call.rid,
        method: name,
        params: fingerprinted(raw),
        ask: intent(parsed.data),
      });
      return answer.ok && show !== undefined ? done(show(answer.result, call)) : answer;
    },
  };
}

type Handled<P extends z.ZodObject> =
  | { readonly who: "anyone"; readonly open: (params: z.output<P>, call: Call) => Promise<Outcome> | Outcome }
  | {
    readonly who: "admin";
    readonly run: (params: z.output<P>, admin: Admin, call: Call) => Promise<Outcome> | Outcome;
  }
  | {
    readonly who: Exclude<Who, "anyone" | "admin">;
    readonly handler: (params: z.output<P>, caller: Caller, call: Call) => Promise<Outcome> | Outcome;
  };
type HandledRecord<P extends z.ZodObject> = About & Handled<P> & {
  readonly params: P;
  readonly result: z.ZodType;
  readonly waits?: true;
};

/** Asks for committed things and changes nothing. */
export function query<P extends z.ZodObject>(record: HandledRecord<P>): Method {
  return handled("query", record);
}

/** Changes the session or the connection, not a world. */
export function control<P extends z.ZodObject>(record: HandledRecord<P>): Method {
  return handled("control", record);
}

function handled<P extends z.ZodObject>(kind: "query" | "control", record: HandledRecord<P>): Method {
  const { params } = record;
  const common = record.who === "anyone"
    ? ANY_CODES
    : record.who === "admin"
    ? ADMIN_CODES
    : record.who === "account"
    ? SIGNED_IN_CODES
    : [...SIGNED_IN_CODES, ...QUERY_CODES];
  return {
    ...about(record),
    kind,
    who: record.who,
    errors: [...new Set([...common, ...record.errors])],
    params,
    result: record.result,
    ...(record.waits === undefined ? {} : { waits: record.waits }),
    async invoke(raw, call) {
      const parsed = params.safeParse(raw);
      if (!parsed.success) return invalid(parsed.error);
      if (record.who === "anyone") return await record.open(parsed.data, call);
      if (record.who === "admin") {
        const { admin } = call.services;
        return admin === undefined ? refuse("auth/forbidden") : await record.run(parsed.data, admin, call);
      }
      const caller = call.context.caller;
      return caller === undefined ? refuse("auth/required") : await record.handler(parsed.data, caller, call);
    },
  };
}

function seatCodes(who: Who): readonly Code[] {
  if (typeof who === "string" || who.seat === "member") return [];
  if (who.seat === "host") return HOST_SEAT_CODES;
  return who.seat === "own" ? OWN_CODES : LEADER_CODES;
}

function about({ name, since, cost, about, example }: About): Omit<About, "errors"> {
  return { name, since, cost, about, example };
}

/** What is fingerprinted are the params as sent, without `cseq` and `lane`: the same bytes again are the same command. */
function fingerprinted({ cseq: _cseq, lane: _lane, ...params }: JsonObject): JsonObject {
  return params;
}

function invalid(...errors: readonly (z.ZodError | undefined)[]): Outcome {
  return refuse("rpc/invalid_params", { details: { issues: issuesOf(errors) } });
}
