import { type ReadonlySignal, signal } from "@preact/signals";

/** Two live regions fed by a queue, so that messages never overwrite each other before they were read. */
export interface Voice {
  readonly polite: ReadonlySignal<string>;
  readonly assertive: ReadonlySignal<string>;
  say(text: string): void;
  alert(text: string): void;
}

const HOLD_MS = 900;

export function createVoice(later: (run: () => void, ms: number) => void = setTimeout): Voice {
  const polite = queueOf(later);
  const assertive = queueOf(later);
  return { polite: polite.now, assertive: assertive.now, say: polite.add, alert: assertive.add };
}

function queueOf(later: (run: () => void, ms: number) => void) {
  const now = signal("");
  const waiting: string[] = [];
  let busy = false;

  function next(): void {
    if (waiting.length === 0) {
      busy = false;
      return;
    }
    busy = true;
    const read = waiting.splice(0, waiting.length > 3 ? waiting.length : 1);
    now.value = read.join(" ");
    later(next, HOLD_MS);
  }

  return {
    now,
    add(text: string): void {
      if (text === "") return;
      waiting.push(text);
      if (!busy) next();
    },
  };
}
