/**
 * The dice of a world decided again, in the player's own browser: the whole engine, in a worker of its own so that the page
 * stays awake. A bundle apart from the client's, loaded by nobody who does not ask.
 */
import { hashOf } from "../../engine/view/hash.ts";
import { type Audit, createAudit, RULES_HERE, sha256 } from "../../engine/verify/mod.ts";
import { viewParty } from "../../engine/view/view.ts";
import type { FromWorker, ToWorker, Verdict } from "./messages.ts";

let audit: Audit | undefined;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case "begin":
      audit = createAudit(RULES_HERE, data.world);
      return;
    case "entries":
      if (audit !== undefined) tell(take(audit, data.entries));
      return;
    case "finish":
      if (audit !== undefined) {
        judge(audit, data.seed, data.seedHash).then((verdict) => tell({ type: "verdict", verdict }));
      }
  }
});

function take(checked: Audit, entries: Extract<ToWorker, { type: "entries" }>["entries"]): FromWorker {
  const open = entries.every((entry) => checked.add(entry));
  const { entries: done, rolls } = checked.report();
  return { type: "checked", entries: done, rolls, open };
}

async function judge({ state, report }: Audit, seed: string, seedHash: string): Promise<Verdict> {
  const same = seed === state.seed && seedHash === state.seedHash;
  const hash = await hashOfSeed(state.seed);
  return {
    ...report(),
    seed: state.seed,
    seal: same && hash === seedHash ? "same" : "other",
    // The view shows whole numbers, texts and booleans only; the compiler cannot see it.
    viewHash: hashOf(viewParty(state) as object as Parameters<typeof hashOf>[0]),
  };
}

/** Of the seed's 32 hex digits as text: by the browser, or by ourselves where it computes none, as on pages without https. */
async function hashOfSeed(text: string): Promise<string> {
  if (globalThis.crypto.subtle === undefined) return sha256(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function tell(message: FromWorker): void {
  postMessage(message);
}
