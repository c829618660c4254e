/** Faults planted around the store. */
import type { Cells } from "../../../kv/cells.ts";
import { decodeText, encodeText } from "../../../kv/codec.ts";
import type { CommitResult, LaneReceipt, Pack, Prepared, Snapshot, Store, Subject } from "../../../kv/ports.ts";
import type { Plant } from "./plant.ts";

/** Says that a pack is durable before it is. */
export function ackBeforeCommit(): Plant {
  return {
    store(store) {
      const stamps = new Map<string, Promise<string | null>>();
      let last: Promise<unknown> = Promise.resolve();
      let count = 0;
      return {
        ...store,
        commit(pack) {
          const stamp = `early-${++count}`;
          const real = last.then(async () => {
            const subjects: Subject[] = [];
            for (const subject of pack.subjects) {
              subjects.push({ ...subject, stamp: await stamps.get(subject.stamp ?? "") ?? subject.stamp });
            }
            const result = await store.commit({ ...pack, subjects });
            return result.ok ? result.stamp : null;
          }).catch(() => null);
          stamps.set(stamp, real);
          last = real;
          return Promise.resolve({ ok: true, stamp });
        },
      };
    },
  };
}

/** Writes receipts in a commit of their own, after the one they belong to. */
export function receiptApart(): Plant {
  return {
    store(store) {
      const receipts = new WeakMap<Prepared, readonly ({ readonly world: string } & LaneReceipt)[]>();
      return {
        ...store,
        prepare(changes) {
          const apart: ({ readonly world: string } & LaneReceipt)[] = [];
          const prepared = store.prepare(changes.map((change) => {
            if (change.type !== "entry" || change.entry.receipt === undefined) return change;
            const { receipt, ...entry } = change.entry;
            const { session, lane, cseq, n } = entry;
            apart.push({ world: change.world, session, lane, receipt: { cseq, n, ...receipt } });
            return { ...change, entry };
          }));
          receipts.set(prepared, apart);
          return prepared;
        },
        async commit(pack) {
          const result = await store.commit(pack);
          const apart = pack.changes.flatMap((change) => receipts.get(change) ?? []);
          if (!result.ok || apart.length === 0) return result;
          const changes = apart.map(({ world, ...one }) => {
            return store.prepare([{ type: "receipt", owner: { type: "world", id: world }, ...one }]);
          });
          await store.commit({ id: `${pack.id}-receipts`, subjects: [], changes });
          return result;
        },
      };
    },
  };
}

/** Where somebody else has extended a world, writes over it instead of deciding anew. */
export function lostRebase(): Plant {
  return {
    store(store) {
      return {
        ...store,
        async commit(pack) {
          const result = await store.commit(pack);
          return result.ok || result.why !== "conflict" ? result : await onTop(store, pack);
        },
      };
    },
  };
}

async function onTop(store: Store, pack: Pack): Promise<CommitResult> {
  const subjects: Subject[] = [];
  for (const subject of pack.subjects) {
    const { owner } = subject;
    const found = owner.type === "world" ? await store.readHead(owner.id) : await store.readAccount(owner.id);
    subjects.push({ ...subject, stamp: found?.stamp ?? null });
  }
  return await store.commit({ ...pack, subjects });
}

/** Calls the state after entry n the state after entry n - 1. */
export function snapshotOffByOne(): Plant {
  return {
    store: (store) => ({
      ...store,
      writeSnapshot: (world, snapshot, ...more) =>
        store.writeSnapshot(world, { ...snapshot, n: snapshot.n - 1 }, ...more),
    }),
  };
}

/** Moves no receipts to keys of their own when a snapshot makes their entries unread. */
export function snapshotWithoutReceipts(): Plant {
  return {
    store: (store) => ({
      ...store,
      writeSnapshot: (world, snapshot, _receipts, ...more) => store.writeSnapshot(world, snapshot, [], ...more),
    }),
  };
}

/** Gives each attempt to store a pack an id of its own. */
export function retryWithNewId(): Plant {
  return {
    store(store) {
      let count = 0;
      return { ...store, commit: (pack) => store.commit({ ...pack, id: `${pack.id}-${++count}` }) };
    },
  };
}

/** Stores a pack of several commands without the last one's entry. */
export function tornPack(): Plant {
  return {
    store: (store) => ({
      ...store,
      commit: (pack) => store.commit(pack.changes.length < 2 ? pack : { ...pack, changes: pack.changes.slice(0, -1) }),
    }),
  };
}

/** Sends each pack twice, under two ids, without waiting for the first. */
export function twoAtomics(): Plant {
  return {
    store: (store) => ({
      ...store,
      async commit(pack) {
        const both = [store.commit(pack), store.commit({ ...pack, id: `${pack.id}-too` })];
        const [one, other] = await Promise.all(both);
        if (one === undefined || other === undefined) throw new TypeError("Cannot be: there were two");
        return one.ok ? one : other;
      },
    }),
  };
}

/** Some time after a pack is stored writes its heads once more, whatever has come since. */
export function lateHead(): Plant {
  return {
    store: (store, { clock, chance }) => ({
      ...store,
      async commit(pack) {
        const result = await store.commit(pack);
        if (result.ok && chance.happens(0.2)) {
          clock.after(chance.int(0, 500), () => void onTop(store, { ...pack, changes: [] }).catch(() => undefined));
        }
        return result;
      },
    }),
  };
}

/** Packs old entries and leaves the last one of them out. */
export function packDropsEntry(): Plant {
  return {
    cells: (cells): Cells => ({
      ...cells,
      commit: (checks, mutations) =>
        cells.commit(
          checks,
          mutations.map((one) => {
            const { key, value } = one;
            if (key[2] !== "old" || value === undefined) return one;
            const { entries } = JSON.parse(decodeText(value)) as { readonly entries: readonly unknown[] };
            return { key, value: encodeText(JSON.stringify({ entries: entries.slice(0, -1) })) };
          }),
        ),
    }),
  };
}

/** Where entries are dropped, keeps the state that was kept when the ones before them were. */
export function staleBase(): Plant {
  return {
    store(store) {
      const last = new Map<string, Snapshot>();
      return {
        ...store,
        dropOldest(world, base) {
          const { state } = last.get(world) ?? base;
          last.set(world, base);
          return store.dropOldest(world, { ...base, state });
        },
      };
    },
  };
}
