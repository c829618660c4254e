/** What routes may ask of the host. No store, no socket and no HTTP in here. */
import type { AccountId, CreatureId, SeatId, SessionId, WorldId } from "../engine/types/ids.ts";
import type {
  Ability,
  Audience,
  BackgroundId,
  ClassId,
  CreationMethod,
  LineageId,
  Skill,
} from "../engine/types/names.ts";
import type { Forecast, View } from "../engine/types/view.ts";
import type { PlayerIntent } from "../engine/types/command.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { WorldOptions } from "../engine/types/state.ts";
import type { RuleCode } from "../engine/types/rejection.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Codes the host itself may answer, beside the rules' own. */
export const HOST_CODES = [
  "server/internal",
  "server/busy",
  "server/read_only",
  "server/store_unavailable",
  "server/going_away",
  "rpc/deadline",
  "auth/required",
  "auth/ended",
  "auth/forbidden",
  "auth/wrong_credentials",
  "limit/connections",
  "account/damaged",
  "command/cseq_reused",
  "command/superseded",
  "command/receipt_gone",
  "command/in_flight",
  "command/stale",
  "command/other_epoch",
  "stream/unknown",
  "stream/behind",
  "world/unknown",
  "world/full",
  "world/ended",
  "world/frozen",
  "world/quarantined",
  "world/too_many",
  "world/not_ended",
  "world/log_gone",
] as const;
export type HostCode = typeof HOST_CODES[number];

/** A refusal on its way to a caller. `details` also feed the message. */
export interface Refusal {
  readonly code: HostCode | RuleCode;
  readonly details?: JsonObject;
  readonly retryAfterMs?: number;
  readonly epoch?: number;
  readonly seq?: number;
}

/** Who is speaking: fixed when a request arrives. */
export interface Caller {
  readonly session: SessionId;
  readonly account: AccountId;
  readonly tier: "guest" | "account";
  readonly name: string;
  readonly lang: string;
}

/** A session just opened, with the token that is shown this once. */
export interface SignedIn {
  readonly token: string;
  readonly caller: Caller;
  readonly expiresAt: number;
}

/** What an account may command beside worlds; order and receipts live with the account. */
export type AccountIntent =
  | { readonly type: "CreateWorld"; readonly name: string; readonly options: WorldOptions }
  | { readonly type: "RollScores" }
  | CreateCharacterIntent;

export interface CreateCharacterIntent {
  readonly type: "CreateCharacter";
  readonly name: string;
  readonly class: ClassId;
  readonly lineage: LineageId;
  readonly background: BackgroundId;
  readonly method: CreationMethod;
  /** `roll`, `standard`: the abilities in order of the values, highest value first. */
  readonly assign?: readonly Ability[];
  /** `roll`: which of the rolled sets. */
  readonly set?: number;
  /** `pointbuy`: the six bought scores before lineage. */
  readonly scores?: Readonly<Record<Ability, number>>;
  readonly skills?: readonly Skill[];
  readonly spells?: readonly string[];
  /** Class choices, e.g. `fightingStyle: "defence"`. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly icon?: string;
  readonly colours?: readonly [string, string];
}

export interface CommandMembers {
  readonly cseq: number;
  readonly lane: number;
  readonly epoch?: number;
  readonly expectSeq?: number;
  readonly rid: string;
  /** Canonical method name without version and the validated params without cseq and lane: fingerprinted by the host. */
  readonly method: string;
  readonly params: JsonObject;
}

export interface WorldCommand extends CommandMembers {
  readonly world: WorldId;
  readonly ask: PlayerIntent | {
    readonly type: "JoinGame";
    readonly invite?: string;
    readonly characters: readonly CreatureId[];
  };
  /** Members of the answer beyond `{world, cseq, epoch, seq, events}`, from the events and the new view; stored with the receipt. */
  readonly extras?: (events: readonly WorldEvent[], view: View) => JsonObject;
}

export interface AccountCommand extends CommandMembers {
  readonly ask: AccountIntent;
}

export type Answer<T = JsonObject> = { readonly ok: true; readonly result: T } | {
  readonly ok: false;
  readonly refusal: Refusal;
};

/** One message of a stream, encoded once per audience: `text` is the whole JSON-RPC notification. */
export interface StreamFrame {
  readonly kind: "message" | "snapshot" | "resumed";
  readonly epoch: number;
  readonly seq: number;
  readonly text: string;
}

export interface SubscribeRequest {
  readonly world: WorldId;
  readonly audience: Audience;
  readonly epoch?: number;
  readonly lastSeq?: number;
  readonly lane: number;
  readonly lastCseq?: number;
}

export interface Subscribed {
  readonly mode: "snapshot" | "live" | "gap";
  readonly reason?: "window" | "ahead" | "epoch";
  readonly audience: Audience;
  readonly epoch: number;
  readonly seq: number;
  readonly nextCseq: number;
  readonly seat: SeatId;
}

/** A listener of one stream. `send` must never throw or block; it is called in seq order. */
export interface Listener {
  readonly id: string;
  send(frame: StreamFrame): void;
  /** The stream cannot go on (world frozen, seat lost): the connection is told why. */
  end(refusal: Refusal): void;
}

export interface WorldSummary {
  readonly world: WorldId;
  readonly name: string;
  readonly seedHash: string;
  readonly seat: SeatId;
  readonly members: readonly string[];
  readonly mode: string;
  /** Only of a world that has ended: when (ms), and its seed. */
  readonly endedAt?: number;
  readonly seed?: string;
  readonly createdAt: number;
  readonly lastPlayedAt: number;
  readonly turn?: string;
  /**
   * Why it cannot be played; absent: it can. Of a quarantined one nothing is known but what its seat says: `seedHash` is
   * empty, there are no `members`, and `mode` is `quarantined` too.
   */
  readonly state?: "frozen" | "quarantined";
}

/** One thing looked at. `warn`: it works, but somebody should look; `fail`: players cannot play. */
export interface HealthCheck {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  readonly note: string;
}

/** An entry of the log of a world that has ended, as its players may have it. */
export interface OpenEntry {
  readonly n: number;
  readonly at: number;
  readonly epoch: number;
  /** Seat id, or `system`. */
  readonly actor: string;
  readonly rules?: number;
  readonly command: Json;
  readonly events: readonly Json[];
}

export interface StatusReport {
  readonly status: "healthy" | "degraded" | "unhealthy";
  readonly checks: readonly HealthCheck[];
  readonly worldsLive: number;
  readonly version: string;
  readonly startedAt: number;
}

/** A legal thing to do with its odds. */
export interface Option {
  readonly intent: PlayerIntent;
  readonly forecast?: Forecast;
}

export interface Host {
  // identity
  guest(input: { readonly name: string; readonly lang: string }): Promise<Answer<SignedIn>>;
  /** Makes the caller's return key, revoking the one before it. */
  returnKey(caller: Caller): Promise<Answer<{ readonly key: string }>>;
  /** A new session of the account a return key leads to; `key` as somebody typed it. */
  comeBack(input: { readonly key: string; readonly lang: string }): Promise<Answer<SignedIn>>;
  /** The caller of a token, sliding its expiry; undefined when unknown or ended. */
  authenticate(token: string): Promise<Caller | undefined>;
  endSession(caller: Caller): Promise<void>;
  /** Single use, 30 s, for `/ws?ticket=`. */
  ticket(caller: Caller): Promise<string>;
  redeemTicket(ticket: string): Promise<Caller | undefined>;

  // commands: the promise settles after the commit (or the refusal). Before `published` frames of its own seq go out, the answer was handed over.
  submit(caller: Caller, command: WorldCommand): Promise<Answer>;
  submitAccount(caller: Caller, command: AccountCommand): Promise<Answer>;

  // queries: committed things only
  view(
    caller: Caller,
    world: WorldId,
    audience: Audience,
    minSeq?: number,
  ): Promise<Answer<{ readonly epoch: number; readonly seq: number; readonly seat: SeatId; readonly view: View }>>;
  /** Legal things for one of the caller's creatures (or the party as a whole when left out), with forecasts. */
  options(
    caller: Caller,
    world: WorldId,
    character?: CreatureId,
    minSeq?: number,
  ): Promise<Answer<{ readonly epoch: number; readonly seq: number; readonly options: readonly Option[] }>>;
  worlds(caller: Caller): Promise<readonly WorldSummary[]>;
  roster(
    caller: Caller,
  ): Promise<
    Answer<
      {
        readonly nextCseq: number;
        readonly characters: readonly JsonObject[];
        readonly rolls: readonly (readonly number[])[];
        readonly rerollsLeft: number;
      }
    >
  >;
  /** The log of a world that has ended, `after` an entry: at most `limit` entries, fewer when they are long. */
  log(
    caller: Caller,
    request: { readonly world: WorldId; readonly after: number; readonly limit: number },
  ): Promise<
    Answer<
      {
        readonly seed: string;
        readonly seedHash: string;
        /** Version of the rules here. */
        readonly rules: number;
        /** Newest entry. */
        readonly head: number;
        readonly entries: readonly OpenEntry[];
      }
    >
  >;
  invite(caller: Caller, world: WorldId): Promise<Answer<{ readonly invite: string }>>;
  events(
    caller: Caller,
    input: {
      readonly world: WorldId;
      readonly audience: Audience;
      readonly epoch?: number;
      readonly afterSeq?: number;
      readonly waitMs?: number;
    },
  ): Promise<
    Answer<
      {
        readonly mode: "live" | "gap" | "snapshot";
        readonly reason?: string;
        readonly epoch: number;
        readonly seq: number;
        readonly messages: readonly Json[];
        readonly snapshot?: Json;
      }
    >
  >;

  // streams
  /** Position, gap and registration in one turn of the mailbox: frames (snapshot or gap, then resumed) are sent to the listener after the answer resolves. */
  subscribe(caller: Caller, request: SubscribeRequest, listener: Listener): Promise<Answer<Subscribed>>;
  unsubscribe(world: WorldId, audience: Audience, listenerId: string): void;
  /** Heads of the streams a listener follows, for the answer to a ping. */
  heads(
    listenerId: string,
  ): readonly { readonly world: WorldId; readonly audience: Audience; readonly epoch: number; readonly seq: number }[];
  /** A client's patch did not fit: counted, answered by a fresh snapshot. */
  desync(
    caller: Caller,
    report: {
      readonly world: WorldId;
      readonly audience: Audience;
      readonly epoch: number;
      readonly seq: number;
      readonly parts: Readonly<Record<string, string>>;
    },
  ): Promise<Answer<{ readonly epoch: number; readonly seq: number; readonly view: View; readonly hash: string }>>;

  /** Load: whether commands are turned away at this moment, and the refusal for one a door turns away unread. */
  readonly overload?: { commands(): boolean; refuse(): Refusal };
  status(): StatusReport;
  /** Graceful: drains mailboxes and committer, snapshots what is cheap. */
  stop(): Promise<void>;
}
