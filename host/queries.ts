import type { Audience } from "../engine/types/names.ts";
import type { AccountId, CreatureId, SeatId, WorldId } from "../engine/types/ids.ts";
import type { SeatRecord } from "../kv/ports.ts";
import { accept, refuse, refuseByRule, type Refused } from "./answers.ts";
import type { Accounts } from "./accounts.ts";
import type { Caller, Host, Json, WorldSummary } from "./api.ts";
import { present } from "./commands.ts";
import { openOf, rerollsLeft } from "./creation.ts";
import type { HostDeps } from "./deps.ts";
import { openEntries } from "./ended_log.ts";
import type { Followed } from "./followed.ts";
import { inTurn, planResume } from "./subscribe.ts";
import { type Room, seatOf, type Worlds } from "./worlds.ts";

const BEHIND_MS = 2_000;
const LONGEST_WAIT_MS = 25_000;
/** Worlds a list loads at the same time. */
const LOADED_AT_ONCE = 8;

type Queries = Pick<Host, "view" | "options" | "worlds" | "roster" | "log" | "invite" | "events" | "desync">;

/** Questions: answered from committed things only, for those who have a seat. */
export function createQueries(
  { deps, worlds, accounts, followed }: {
    readonly deps: HostDeps;
    readonly worlds: Worlds;
    readonly accounts: Accounts;
    readonly followed: Followed;
  },
): Queries {
  const { engine, metrics } = deps;

  /** The caller's world and seat, once the world has reached `minSeq`. */
  async function seated(caller: Caller, world: string, audience: Audience, minSeq = 0): Promise<
    { readonly ok: true; readonly room: Room; readonly seat: SeatId } | Refused
  > {
    const found = await worlds.find(world);
    if (!found.ok) return found;
    const { room } = found;
    if (room.world.frozen) return refuse("world/frozen");
    if (seatOf(room.world.committed.state, caller.account) === undefined) return refuse("world/unknown");
    if (room.world.committed.seq[audience] < minSeq && !await reached(deps, room, audience, minSeq, BEHIND_MS)) {
      return refuse("stream/behind", { minSeq, seq: room.world.committed.seq[audience] });
    }
    const seat = seatOf(room.world.committed.state, caller.account);
    return seat === undefined ? refuse("world/unknown") : { ok: true, room, seat };
  }

  return {
    async view(caller, id, audience, minSeq) {
      const found = await seated(caller, id, audience, minSeq);
      if (!found.ok) return found;
      const { world } = found.room;
      const { seq, state } = world.committed;
      return accept({ epoch: world.epoch, seq: seq[audience], seat: found.seat, view: engine.view(state, audience) });
    },

    async options(caller, id, character, minSeq) {
      const found = await seated(caller, id, "party", minSeq);
      if (!found.ok) return found;
      const { world } = found.room;
      const { seq, state } = world.committed;
      if (character !== undefined && state.characters[character]?.seat !== found.seat) {
        return refuseByRule({ code: "character/not_yours", details: { character } });
      }
      const options = engine.options(state, found.seat, character);
      return accept({ epoch: world.epoch, seq: seq.party, options });
    },

    async worlds(caller) {
      const summaries: WorldSummary[] = [];
      const seats = (await deps.store.readSeats(caller.account)).values();
      const load = async () => {
        for (const seat of seats) {
          const found = await worlds.find(seat.world);
          const summary = found.ok
            ? summaryOf(found.room, caller.account)
            : found.refusal.code === "world/quarantined"
            ? damagedSummary(seat)
            : undefined;
          if (summary !== undefined) summaries.push(summary);
        }
      };
      // All take from the one iterator.
      await Promise.all(Array.from({ length: LOADED_AT_ONCE }, load));
      return summaries.sort((a, b) => b.lastPlayedAt - a.lastPlayedAt);
    },

    async roster(caller) {
      const account = await accounts.find(caller.account);
      if (account === undefined) return refuse("auth/ended");
      const lane = await account.lane(caller.session, 0);
      const open = openOf(account.record);
      const characters = (await deps.store.readRoster(caller.account)).map((record) => ({
        id: record.id,
        away: record.away ?? null,
        sheet: record.sheet,
      }));
      return accept({ nextCseq: lane.next, characters, rolls: open.rolls, rerollsLeft: rerollsLeft(open) });
    },

    async log(caller, { world: id, after, limit }) {
      const found = await seated(caller, id, "party");
      if (!found.ok) return found;
      const { state, n: head } = found.room.world.committed;
      if (state.ended === undefined) return refuse("world/not_ended");
      const page = await openEntries(deps, { state, head, after, limit });
      if (!page.ok) return page;
      const { seed, seedHash } = state;
      return accept({ seed, seedHash, rules: engine.rulesVersion, head, entries: page.entries });
    },

    async invite(caller, id) {
      const found = await seated(caller, id, "party");
      return found.ok ? accept({ invite: found.room.world.committed.state.invite }) : found;
    },

    async events(caller, { world: id, audience, epoch, afterSeq, waitMs }) {
      const found = await seated(caller, id, audience);
      if (!found.ok) return found;
      const { room } = found;
      const { world } = room;
      present(room, () => room.presence.seen(found.seat));
      if (epoch === world.epoch && afterSeq === world.committed.seq[audience] && waitMs !== undefined && waitMs > 0) {
        await reached(deps, room, audience, afterSeq + 1, Math.min(waitMs, LONGEST_WAIT_MS));
      }
      const standing = {
        audience,
        followed: followed.has(caller.session, id, audience),
        ...(epoch === undefined ? {} : { epoch }),
        ...(afterSeq === undefined ? {} : { lastSeq: afterSeq }),
      };
      const plan = await inTurn(world, () => planResume(world, caller.account, standing));
      if (plan === undefined) return refuse("world/unknown");
      if ("ok" in plan) return plan;
      followed.note(caller.session, id, audience);
      const { mode, reason, seq, frames } = await plan.finish();
      const params = frames.map((frame) => paramsOf(frame.text));
      const common = { mode, ...(reason === undefined ? {} : { reason }), epoch: world.epoch, seq };
      const first = params[0];
      return mode === "snapshot" && first !== undefined
        ? accept({ ...common, messages: [], snapshot: first })
        : accept({ ...common, messages: params });
    },

    async desync(caller, { world: id, audience, epoch, parts }) {
      const found = await seated(caller, id, audience);
      if (!found.ok) return found;
      const { world } = found.room;
      const { state, seq } = world.committed;
      const view = engine.view(state, audience);
      const part = differingPart(deps, view, parts);
      if (epoch === world.epoch && followed.has(caller.session, id, audience)) {
        metrics.desyncs.inc({ audience, part });
        deps.log("error", "desync", { world: id, audience, seq: seq[audience], part });
      }
      return accept({ epoch: world.epoch, seq: seq[audience], view, hash: engine.hash(view) });
    },
  };
}

/** Waits for the next message of a stream, at most so long. */
async function next(deps: HostDeps, room: Room, audience: Audience, ms: number): Promise<void> {
  const woken = Promise.withResolvers<void>();
  const forget = room.world.stream(audience).onNext(woken.resolve);
  const cancel = deps.clock.after(ms, woken.resolve);
  await woken.promise;
  forget();
  cancel();
}

/** Waits until a stream has come this far, at most so long. */
async function reached(deps: HostDeps, room: Room, audience: Audience, minSeq: number, ms: number): Promise<boolean> {
  const until = deps.clock.monotonic() + ms;
  for (;;) {
    if (room.world.committed.seq[audience] >= minSeq) return true;
    const left = until - deps.clock.monotonic();
    if (left <= 0) return false;
    await next(deps, room, audience, left);
  }
}

function summaryOf({ world }: Room, account: AccountId): WorldSummary | undefined {
  const { state, at } = world.committed;
  const seat = seatOf(state, account);
  if (seat === undefined) return undefined;
  const turn = state.battle === null ? undefined : nameOf(state.battle.turn, state.characters);
  return {
    world: state.id,
    name: state.name,
    seedHash: state.seedHash,
    seat,
    members: Object.values(state.seats).filter(({ left }) => !left).map(({ name }) => name),
    mode: state.mode,
    ...(state.ended === undefined ? {} : { endedAt: state.ended.at, seed: state.seed }),
    createdAt: state.createdAt,
    lastPlayedAt: at,
    ...(turn === undefined ? {} : { turn }),
    ...(world.frozen ? { state: "frozen" } : {}),
  };
}

/** What the account's own record tells of a world that cannot be read. */
function damagedSummary({ world, seat, name, createdAt }: SeatRecord): WorldSummary {
  return {
    world: world as WorldId,
    name,
    seedHash: "",
    seat: seat as SeatId,
    members: [],
    mode: "quarantined",
    createdAt,
    lastPlayedAt: createdAt,
    state: "quarantined",
  };
}

/** Whose turn it is, where the party may know: a foe's name stays out. */
function nameOf(
  creature: CreatureId,
  characters: Readonly<Record<CreatureId, { readonly name: string }>>,
): string | undefined {
  return characters[creature]?.name;
}

/** The first top-level slice of a view whose hash is another one at the client; names come from our own view only. */
function differingPart(deps: HostDeps, view: object, parts: Readonly<Record<string, string>>): string {
  for (const [name, slice] of Object.entries(view)) {
    if (parts[name] !== undefined && parts[name] !== deps.engine.hash(slice)) return name;
  }
  return "unknown";
}

/** The params of a frame we wrote ourselves. */
function paramsOf(text: string): Json {
  return JSON.parse(text).params;
}
