import type { HostDeps, HostOptions } from "./deps.ts";
import { faultText } from "./faults.ts";
import type { Snapshotter } from "./snapshotter.ts";
import { systemJob } from "./system_job.ts";
import type { Room, Worlds } from "./worlds.ts";

/**
 * Looks at every live world now and then: passes the lead on when its holder has been gone for a minute, hands a fighter
 * whose player is gone to the AI, so that nobody waits for them, and puts worlds to sleep in which nobody has been for
 * a while. A frozen world goes out of memory, to be loaded once more when somebody asks for it.
 */
export async function sweep(
  { deps, options, worlds, snapshotter }: {
    readonly deps: HostDeps;
    readonly options: HostOptions;
    readonly worlds: Worlds;
    readonly snapshotter: Snapshotter;
  },
): Promise<void> {
  const now = deps.clock.monotonic();
  for (const room of [...worlds.rooms]) {
    const { world } = room;
    if (world.frozen) {
      worlds.thaw(room);
      continue;
    }
    const heir = room.presence.heir(world.committed.state);
    if (heir !== undefined) world.submit(systemJob({ type: "PassLead", seat: heir }, () => undefined));
    const awaited = room.presence.awaited(world.committed.state);
    if (awaited !== undefined) {
      world.submit(systemJob({ type: "Quick", character: awaited, on: true }, () => undefined));
    }
    if (room.presence.anyone) world.activeAt = now;
    if (now - world.activeAt >= options.sleepAfterMs && world.quiet) await sleep(deps, room, worlds, snapshotter);
  }
}

async function sleep(deps: HostDeps, room: Room, worlds: Worlds, snapshotter: Snapshotter): Promise<void> {
  const { world } = room;
  await snapshotter.write(world);
  // Somebody may have come while the snapshot was written.
  if (!world.quiet || room.presence.anyone) return;
  worlds.unload(room);
  const minute = world.committed.due;
  if (minute === undefined) return;
  try {
    await deps.store.clearDue({ minute, world: world.id });
  } catch (fault) {
    // A note too many costs one look after the next start.
    deps.log("warning", "timer's note not taken away", { world: world.id, fault: faultText(fault) });
  }
}
