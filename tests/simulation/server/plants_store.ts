/** Faults planted around the store. */
import type { CommitResult, LaneReceipt, Pack, Prepared, Store, Subject } from "../../../kv/ports.ts";
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
