import type { Signal } from "@preact/signals";
import type { CallError } from "./connection.ts";

/** From this refusal in a row on the player is told: a short wait is nobody's matter. */
const TOLD = 2;

/** One thing that is asked again and again while the server says so. */
export interface Patience {
  refused(error: CallError): void;
  /** There is an answer, or nobody asks any more. */
  over(): void;
}

/** Tells by `held` why the server lets something wait, in the server's words; empty while nothing waits for long. */
export function createPatience(held: Signal<string> | undefined): Patience {
  let refusals = 0;
  return {
    refused({ code, message }) {
      // A server that is asked too often says so by its rate limits, and those are waited out in silence.
      if (!code.startsWith("server/")) return;
      if (++refusals >= TOLD && held !== undefined) held.value = message;
    },
    over() {
      if (refusals >= TOLD && held !== undefined) held.value = "";
      refusals = 0;
    },
  };
}
