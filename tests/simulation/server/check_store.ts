/** At the end: what lies in the store is what was promised, and comes back to life as it was. */
import { AUDIENCES } from "../../../engine/types/names.ts";
import type { WorldState } from "../../../engine/types/state.ts";
import { loadWorld } from "../../../host/load_world.ts";
import { checkHistory } from "../../kit/history_check.ts";
import type { Account } from "./account.ts";
import type { Machine } from "./machine.ts";
import type { Stage } from "./stage.ts";
import type { WorldTruth } from "./truth.ts";

export async function checkStore(
  { stage, machine, accounts }: {
    readonly stage: Stage;
    readonly machine: Machine;
    readonly accounts: readonly Account[];
  },
): Promise<void> {
  const { truth, history, witness } = stage;
  truth.tell(history);
  for (const world of truth.worlds.values()) {
    if (world.epoch === undefined) continue;
    try {
      await checkWorld(world, stage, machine);
    } catch (fault) {
      witness.say("loads to the same state", `${world.id} cannot be read: ${fault}`);
    }
  }
  for (const account of accounts) await account.check(machine.store);
  for (const { promise, what } of checkHistory(history.lines)) witness.say(promise, what);
}

async function checkWorld(world: WorldTruth, { engine, witness }: Stage, { store }: Machine): Promise<void> {
  const { id, entries, states } = world;
  const hashAt = (n: number) => engine.hash(states[n - 1] ?? engine.start(id));
  const last = entries.length;
  const loaded = await loadWorld(store, engine, id);
  if (loaded === undefined || loaded.position.n !== last || engine.hash(loaded.position.state) !== hashAt(last)) {
    return witness.say("loads to the same state", `${id} loads to another state than its ${last} entries give`);
  }
  for (const audience of AUDIENCES) {
    if (loaded.position.seq[audience] !== world.messages[audience].length) {
      witness.say("loads to the same state", `${id} loads to ${audience} ${loaded.position.seq[audience]}`);
    }
  }
  for (const mark of await store.readSnapshotMarks(id)) {
    const found = await store.readSnapshot(id, mark);
    const hash = found === undefined ? undefined : engine.hash(found.state as object as WorldState);
    if (found?.n !== mark.n || hash !== hashAt(mark.n)) {
      witness.say("snapshot as the log says", `${id}: the snapshot at ${mark.n} is not the state there`);
    }
  }
  const { first = 1 } = await store.readLogState(id) ?? {};
  const stored = await store.readEntries(id, first, last);
  if (JSON.stringify(stored) !== JSON.stringify(entries.slice(first - 1))) {
    witness.say("log is append only", `${id}: what is read is not what was written`);
  }
  const base = first === 1 ? undefined : await store.readBase(id);
  const hash = base === undefined ? undefined : engine.hash(base.state as object as WorldState);
  if (first > 1 && (base?.n !== first - 1 || hash !== hashAt(first - 1))) {
    witness.say("base as the log says", `${id}: what comes before entry ${first} is not the state there`);
  }
}
