/** Virtual time: what happens when, in one order that depends on nothing but the calls. */
import { setImmediate } from "node:timers";

export interface Agenda {
  /** Ms since the run began. */
  readonly now: number;
  /** Calls back so much later; equal times keep the order of the calls. Returns what takes it back. */
  after(ms: number, run: () => void): () => void;
  /** Runs what falls due up to `until`, each thing with all its promise callbacks, or till `done` says so. */
  run(until: number, done: () => boolean): Promise<void>;
}

interface Item {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

export function createAgenda(): Agenda {
  const heap: Item[] = [];
  let now = 0;
  let count = 0;

  return {
    get now() {
      return now;
    },
    after(ms, run) {
      const item: Item = { at: now + Math.max(0, Math.ceil(ms)), order: count++, run };
      push(heap, item);
      return () => {
        item.run = undefined;
      };
    },
    async run(until, done) {
      await settle();
      for (;;) {
        const next = heap[0];
        if (next === undefined || next.at > until || done()) break;
        pop(heap);
        const { run } = next;
        if (run === undefined) continue;
        now = next.at;
        run();
        await settle();
      }
      if (!done()) now = Math.max(now, until);
    },
  };
}

/** A task of its own comes after every promise callback; nothing in a simulation waits for anything else. */
function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function before(a: Item, b: Item): boolean {
  return a.at !== b.at ? a.at < b.at : a.order < b.order;
}

function push(heap: Item[], item: Item): void {
  let at = heap.length;
  heap.push(item);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (parent === undefined || !before(item, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = item;
}

function pop(heap: Item[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const child = right !== undefined && left !== undefined && before(right, left) ? right : left;
    if (child === undefined || !before(child, last)) break;
    heap[at] = child;
    at = 2 * at + (child === left ? 1 : 2);
  }
  heap[at] = last;
}
