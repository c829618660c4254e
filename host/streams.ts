import type { Audience } from "../engine/types/names.ts";
import type { SeatId, WorldId } from "../engine/types/ids.ts";
import { accept, refuse } from "./answers.ts";
import type { Answer, Caller, Listener, Refusal, Subscribed, SubscribeRequest } from "./api.ts";
import { present } from "./commands.ts";
import type { HostDeps } from "./deps.ts";
import type { Followed } from "./followed.ts";
import type { Lane } from "./lane.ts";
import type { LiveWorld } from "./live_world.ts";
import { inTurn, planResume, resumedOf } from "./subscribe.ts";
import type { Room, Worlds } from "./worlds.ts";

/** A listener on one stream. */
interface Subscription {
  readonly room: Room;
  readonly audience: Audience;
  readonly seat: SeatId;
  readonly listener: Listener;
}

/** Who listens to what. A listener may follow several streams under one id: a connection. */
export class Subscriptions {
  readonly #deps: HostDeps;
  readonly #worlds: Worlds;
  readonly #followed: Followed;
  readonly #byListener = new Map<string, Map<string, Subscription>>();

  constructor(deps: HostDeps, worlds: Worlds, followed: Followed) {
    this.#deps = deps;
    this.#worlds = worlds;
    this.#followed = followed;
  }

  /** Position, gap and registration in one turn of the world's mailbox; frames follow once the answer has left. */
  async subscribe(caller: Caller, request: SubscribeRequest, listener: Listener): Promise<Answer<Subscribed>> {
    const found = await this.#worlds.find(request.world);
    if (!found.ok) return found;
    const { room } = found;
    const { world } = room;
    const { audience, epoch, lastSeq, lastCseq } = request;
    if (!world.streams.has(audience)) return refuse("stream/unknown");
    const lane = await loadLane(world, caller.session, request.lane);
    if (lane === undefined) return refuse("world/frozen");
    const standing = {
      audience,
      followed: this.#followed.has(caller.session, request.world, audience),
      ...(epoch === undefined ? {} : { epoch }),
      ...(lastSeq === undefined ? {} : { lastSeq }),
    };
    const plan = await inTurn(world, () => {
      if (world.frozen) return refuse("world/frozen");
      const made = planResume(world, caller.account, standing);
      if (made === undefined) return refuse("world/unknown");
      this.#followed.note(caller.session, request.world, audience);
      this.unsubscribe(request.world, audience, listener.id);
      world.stream(audience).register(listener, made.seq);
      this.#keep({ room, audience, seat: made.seat, listener });
      return made;
    });
    if ("ok" in plan) return plan;
    if (lastCseq !== undefined) lane.lift(lastCseq);
    const { mode, reason, seq, seat, frames } = await plan.finish();
    this.#deps.clock.soon(() => world.stream(audience).release(listener, [...frames, resumedOf(world, audience, seq)]));
    return accept({
      mode,
      ...(reason === undefined ? {} : { reason }),
      audience,
      epoch: world.epoch,
      seq,
      nextCseq: lane.next,
      seat,
    });
  }

  unsubscribe(world: WorldId, audience: Audience, id: string): void {
    const own = this.#byListener.get(id);
    const subscription = own?.get(`${world}/${audience}`);
    if (own === undefined || subscription === undefined) return;
    own.delete(`${world}/${audience}`);
    if (own.size === 0) this.#byListener.delete(id);
    const { room, seat } = subscription;
    room.world.stream(audience).unregister(id);
    room.presence.left(seat);
  }

  /** Newest numbers of the streams a listener follows. */
  heads(id: string) {
    return [...this.#byListener.get(id)?.values() ?? []].map(({ room, audience }) => ({
      world: room.world.committed.state.id,
      audience,
      epoch: room.world.epoch,
      seq: room.world.committed.seq[audience],
    }));
  }

  /** A seat was left: whoever listened from it no longer may. */
  endSeat(room: Room, seat: SeatId, refusal: Refusal): void {
    for (const own of [...this.#byListener.values()]) {
      for (const { room: other, audience, seat: its, listener } of [...own.values()]) {
        if (other !== room || its !== seat) continue;
        this.unsubscribe(room.world.committed.state.id, audience, listener.id);
        listener.end(refusal);
      }
    }
  }

  /** A world was frozen and its streams have ended: nobody is there any more. */
  endWorld(world: LiveWorld): void {
    for (const [id, own] of [...this.#byListener]) {
      for (const { room, audience } of [...own.values()]) {
        if (room.world === world) this.unsubscribe(room.world.committed.state.id, audience, id);
      }
    }
  }

  #keep(subscription: Subscription): void {
    const { room, audience, seat, listener } = subscription;
    const own = this.#byListener.get(listener.id) ?? new Map<string, Subscription>();
    own.set(`${room.world.id}/${audience}`, subscription);
    this.#byListener.set(listener.id, own);
    present(room, () => room.presence.listens(seat));
  }
}

/** Undefined: its receipts are damaged, which has frozen the world. */
async function loadLane(world: LiveWorld, session: string, number: number): Promise<Lane | undefined> {
  try {
    return await world.loadLane(session, number);
  } catch (fault) {
    if (world.frozen) return undefined;
    throw fault;
  }
}
