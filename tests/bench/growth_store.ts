/** Stores that have grown: long logs and many worlds, written through the store's port and not over sockets. */
import { createHash } from "node:crypto";
import type { Intent } from "../../engine/types/command.ts";
import type { AccountId, SeatId, WorldId } from "../../engine/types/ids.ts";
import { createRules } from "../../host/rules.ts";
import type { Json, LogEntry, Store, WorldHead } from "../../kv/ports.ts";
import { seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";

const SEAT = "s_1" as SeatId;
const TOGETHER = 200;
const AT = 1_700_000_000_000;
const HASH_EVERY = 100;
/** As a server would have left it. */
const SNAPSHOT_EVERY = 200;

/** Writes a world of six characters in which the party has turned about until its log has so many entries. */
export async function writeWorld(store: Store, world: WorldId, account: AccountId, length: number): Promise<void> {
  const rules = createRules();
  const seed = seedOf(length);
  const seedHash = createHash("sha256").update(seed).digest("hex");
  const options = { turnClock: "normal", difficulty: "normal" } as const;
  const characters = standardParty(6).map((one) => ({ ...one, account }));
  let state = rules.start(world);
  let waiting: LogEntry[] = [];
  let stamp: string | null = null;

  async function flush(n: number): Promise<void> {
    const changes = waiting.map((entry) => ({ type: "entry", world, entry } as const));
    stamp = await commit(store, world, stamp, headAt(n), changes);
    waiting = [];
  }
  function headAt(n: number): WorldHead {
    const { stateVersion, viewVersion } = rules;
    return { n, epoch: 1, commit: "", seq: { party: n, "party.talk": 0 }, state: stateVersion, view: viewVersion };
  }
  function intentOf(n: number): Intent {
    if (n === 1) return { type: "CreateWorld", world, name: "Grown", seed, seedHash, invite: "invite", options };
    if (n === 2) return { type: "JoinGame", account, name: "Ada", seat: SEAT, characters };
    return { type: "Turn", to: "left" };
  }

  for (let n = 1; n <= length; n++) {
    const intent = intentOf(n);
    const by = n <= 2 ? { type: "system" } as const : { type: "seat", seat: SEAT } as const;
    const outcome = rules.step(state, { by, at: AT + n, intent }, { epoch: 1, n });
    if (!outcome.ok) throw new Error(`Refused: ${JSON.stringify(outcome.rejection)}`);
    state = outcome.state;
    waiting.push({
      n,
      at: AT + n,
      rid: `r-${n}`,
      actor: n <= 2 ? "system" : SEAT,
      session: "",
      lane: 0,
      cseq: 0,
      command: json(intent),
      events: outcome.events.map(json),
      seq: { party: n, "party.talk": 0 },
      epoch: 1,
      view: rules.viewVersion,
      rules: rules.rulesVersion,
      form: rules.forms.event,
      ...(n % HASH_EVERY === 0 ? { hash: rules.hash(state), hashForm: rules.stateVersion } : {}),
    });
    const snapshot = n % SNAPSHOT_EVERY === 0 && n > length - 4 * SNAPSHOT_EVERY;
    if (waiting.length === TOGETHER || n === length || snapshot) await flush(n);
    if (!snapshot) continue;
    const seq = { party: n, "party.talk": 0 };
    await store.writeSnapshot(world, { n, at: AT + n, epoch: 1, seq, state: json(state) }, []);
  }
}

/** Copies of a world that differ from it in their id only. */
export async function copyWorld(store: Store, world: WorldId, count: number): Promise<readonly WorldId[]> {
  const head = (await store.readHead(world))?.value;
  if (head === undefined) throw new Error(`There is no world ${world}`);
  const text = JSON.stringify(await store.readEntries(world, 1, head.n));
  const ids = Array.from({ length: count }, (_, i) => `${world}${String(i).padStart(6, "0")}` as WorldId);
  for (const id of ids) {
    const entries: readonly LogEntry[] = JSON.parse(text.replaceAll(`"${world}"`, `"${id}"`));
    await commit(store, id, null, head, entries.map((entry) => ({ type: "entry", world: id, entry })));
  }
  return ids;
}

async function commit(
  store: Store,
  world: WorldId,
  stamp: string | null,
  head: WorldHead,
  changes: Parameters<Store["prepare"]>[0],
): Promise<string> {
  const result = await store.commit({
    id: `pack-${world}-${head.n}`,
    subjects: [{ owner: { type: "world", id: world }, stamp, head }],
    changes: [store.prepare(changes)],
  });
  if (!result.ok) throw new Error(`Not written: ${result.why}`);
  return result.stamp;
}

/** Intents, events and states are plain records; the compiler cannot see that their members are JSON. */
function json(record: object): Json {
  return record as Json;
}
