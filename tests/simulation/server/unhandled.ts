/** Hears of promises nobody looked after. */
import type { Witness } from "./witness.ts";

/** Writes every unhandled rejection down as a fault; returns what ends that. */
export function watchRejections(witness: Witness): () => void {
  function heard(event: PromiseRejectionEvent): void {
    event.preventDefault();
    const { reason } = event;
    witness.say("no unforeseen fault", `unhandled rejection: ${reason instanceof Error ? reason.stack : reason}`);
  }
  globalThis.addEventListener("unhandledrejection", heard);
  return () => globalThis.removeEventListener("unhandledrejection", heard);
}
