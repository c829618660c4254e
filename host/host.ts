import type { WorldEvent } from "../engine/types/event.ts";
import { Accounts } from "./accounts.ts";
import { Admission } from "./admission.ts";
import { admitted } from "./admitted.ts";
import type { Host, StatusReport } from "./api.ts";
import { refuse } from "./answers.ts";
import { createCommands } from "./commands.ts";
import { Circuit } from "./circuit.ts";
import { Committer } from "./committer.ts";
import { DEFAULT_OPTIONS, freshId, type HostDeps } from "./deps.ts";
import { DiskWatch } from "./disk_watch.ts";
import { Followed } from "./followed.ts";
import { guardedStore } from "./guarded_store.ts";
import { reportStatus } from "./health.ts";
import { Identity } from "./identity.ts";
import type { LiveWorld, WorldShop } from "./live_world.ts";
import { AMPLE_MEMORY } from "./memory.ts";
import { LogKeeper } from "./log_keeper.ts";
import { Publisher } from "./publisher.ts";
import { createQueries } from "./queries.ts";
import { ReturnKeys } from "./return_keys.ts";
import { Snapshotter } from "./snapshotter.ts";
import { DamagedAccounts, soundAccounts } from "./sound_accounts.ts";
import { Subscriptions } from "./streams.ts";
import { startTending } from "./tending.ts";
import { Worlds } from "./worlds.ts";

/** Mailboxes and committer get this long to empty when the server stops. */
const DRAIN_MS = 5_000;
/** Snapshots at a stop save the next start some folding; players wait meanwhile. */
const SNAPSHOTS_MS = 300;

/** The live worlds of one process over one store. Everything that is time, chance or disk comes with `deps`. */
export function createHost(given: HostDeps): Host {
  const { clock, metrics, randomBytes } = given;
  const circuit = new Circuit({
    clock,
    metrics,
    probe: () => given.store.readHead("probe"),
    log: (event, fields) => given.log("warning", event, fields),
  });
  const store = guardedStore(given.store, circuit);
  const deps: HostDeps = { ...given, store };
  const options = { ...DEFAULT_OPTIONS, ...deps.options };
  const memory = deps.memory ?? AMPLE_MEMORY;
  const startedAt = clock.now();
  let closing = false;

  const admission = new Admission(clock, metrics);
  const committer = new Committer({
    store: admission.watch(store),
    circuit,
    clock,
    metrics,
    id: () => freshId("k", randomBytes),
    relieve: () => disk?.relieve() ?? Promise.resolve(false),
    ownerLost: deps.ownerLost,
    failed: deps.failed ?? deps.ownerLost,
    log: (event, fields) => deps.log("warning", event, fields),
  });
  const disk = deps.disk &&
    new DiskWatch(deps.disk, { clock, metrics, log: deps.log, hold: (on) => committer.hold(on) });
  const publisher = new Publisher(clock);
  const logKeeper = new LogKeeper(deps, options, () => committer.mode === "ok");
  const snapshotter = new Snapshotter(store, deps, options, (world) => logKeeper.add(world));
  const shop: WorldShop = { deps, options, store, committer, publisher, advanced, told, frozen };
  const followed = new Followed();
  const worlds = new Worlds(shop, (world) => followed.forget(world));
  const accounts = new Accounts({ store, committer });
  const damaged = new DamagedAccounts(deps);
  const identity = new Identity(deps, accounts);
  const returnKeys = new ReturnKeys({ deps, accounts, committer });
  const subscriptions = new Subscriptions(deps, worlds, followed);
  const commands = createCommands({ deps, committer, disk, worlds, accounts, closing: () => closing });
  const queries = createQueries({ deps, worlds, accounts, followed });

  function advanced(world: LiveWorld): void {
    const room = worlds.live(world.id);
    if (room === undefined) return;
    room.timer.update();
    snapshotter.advanced(world);
  }

  /** Whoever leaves is told so by their stream, which ends with it: what comes next is no business of theirs. */
  function told(world: LiveWorld, events: readonly WorldEvent[]): void {
    const room = worlds.live(world.id);
    if (room === undefined) return;
    for (const event of events) {
      if (event.type === "SeatLeft") subscriptions.endSeat(room, event.seat, refuse("world/unknown").refusal);
    }
  }

  function frozen(world: LiveWorld) {
    worlds.live(world.id)?.timer.stop();
    subscriptions.endWorld(world);
  }

  const stopTending = startTending({
    deps,
    options,
    memory,
    committer,
    worlds,
    accounts,
    identity,
    followed,
    snapshotter,
  });

  function status(): StatusReport {
    return reportStatus({ deps, committer, circuit, disk, worlds, damaged, startedAt });
  }

  /** Whatever was taken in is decided, stored and published, or five seconds have passed. */
  async function drain(): Promise<void> {
    const late = Promise.withResolvers<void>();
    const cancel = clock.after(DRAIN_MS, late.resolve);
    const published = committer.idle().then(() => publisher.idle());
    await Promise.race([Promise.all([published, stopTending(), logKeeper.stop()]), late.promise]);
    cancel();
    committer.stop();
  }

  const host: Host = {
    guest: (input) => closing ? Promise.resolve(refuse("server/going_away")) : identity.guest(input),
    returnKey: (caller) => closing ? Promise.resolve(refuse("server/going_away")) : returnKeys.make(caller),
    comeBack: (input) => closing ? Promise.resolve(refuse("server/going_away")) : returnKeys.use(input),
    authenticate: (token) => identity.authenticate(token),
    endSession: (caller) => identity.end(caller),
    ticket: (caller) => Promise.resolve(identity.ticket(caller)),
    redeemTicket: (ticket) => Promise.resolve(identity.redeem(ticket)),
    submit: commands.submit,
    submitAccount: commands.submitAccount,
    ...queries,
    subscribe: (caller, request, listener) => subscriptions.subscribe(caller, request, listener),
    unsubscribe: (world, audience, id) => subscriptions.unsubscribe(world, audience, id),
    heads: (id) => subscriptions.heads(id),
    status,

    async stop() {
      if (closing) return;
      closing = true;
      worlds.close();
      for (const { timer } of worlds.rooms) timer.stop();
      await drain();
      const rooms = [...worlds.rooms];
      await snapshotter.finish(rooms.map(({ world }) => world), SNAPSHOTS_MS);
      for (const room of rooms) worlds.unload(room);
      await disk?.stop();
    },
  };
  return admitted(soundAccounts(host, damaged), admission, memory);
}
