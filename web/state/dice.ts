import { type ReadonlySignal, signal } from "@preact/signals";
import { hashOf, type HashValue } from "../../engine/view/hash.ts";
import type { LoggedCommand } from "../../engine/verify/mod.ts";
import type { FromWorker, ToWorker, Verdict } from "../dice/messages.ts";
import { isObject, type JsonObject, listOf, numberOf, textOf } from "../net/json.ts";

/** Entries asked for at once; the server answers fewer when they are long. */
const PAGE = 200;

export type DicePhase =
  | { readonly type: "working"; readonly done: number; readonly of: number; readonly rolls: number }
  | { readonly type: "failed" }
  | { readonly type: "done"; readonly verdict: Verdict; readonly end: "same" | "other" };

/** A world's dice under check. */
export interface DiceCheck {
  readonly phase: ReadonlySignal<DicePhase>;
  stop(): void;
}

type Ask = (method: string, params: JsonObject) => Promise<JsonObject | undefined>;

/**
 * Loads the log of a world that has ended, page by page, and has a worker decide every command of it again. At the end the
 * view that the log leads to is compared with the one the server shows. `ask` gives nothing where the server refuses.
 */
export function checkDice(ask: Ask, world: string): DiceCheck {
  const phase = signal<DicePhase>({ type: "working", done: 0, of: 0, rolls: 0 });
  let stopped = false;
  let worker: Worker | undefined;

  /** Hands the worker something and waits for its answer. */
  function hand(to: Worker, message: ToWorker): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      to.onmessage = ({ data }: MessageEvent<FromWorker>) => resolve(data);
      to.onerror = (event) => reject(new Error(event.message));
      to.postMessage(message);
    });
  }

  async function run(): Promise<void> {
    const helper = new Worker(workerAddress(), { type: "module" });
    worker = helper;
    helper.postMessage({ type: "begin", world } satisfies ToWorker);
    let done = 0;
    let view: HashValue | undefined;
    let log: JsonObject = {};
    while (!stopped) {
      const page = await ask("world.log", { world, after: done, limit: PAGE });
      if (page === undefined || stopped) return fail();
      log = page;
      const entries = listOf(page["entries"]).filter(isEntry);
      if (entries.length === 0 && view !== undefined) break;
      if (entries.length > 0) {
        const told = await hand(helper, { type: "entries", entries });
        if (told.type !== "checked") return fail();
        done = told.entries;
        phase.value = { type: "working", done, of: numberOf(page["head"]), rolls: told.rolls };
        if (!told.open) break;
      }
      // Somebody may still give up a seat: the log is at its end when nothing came after the view was asked for.
      if (done < numberOf(page["head"])) continue;
      const state = await ask("getGameState", { world });
      if (state === undefined || !isObject(state["view"])) return fail();
      view = state["view"];
    }
    if (stopped) return;
    const told = await hand(helper, { type: "finish", seed: textOf(log["seed"]), seedHash: textOf(log["seedHash"]) });
    if (told.type !== "verdict") return fail();
    const end = view !== undefined && hashOf(view) === told.verdict.viewHash ? "same" : "other";
    phase.value = { type: "done", verdict: told.verdict, end };
    helper.terminate();
  }

  function fail(): void {
    if (!stopped) phase.value = { type: "failed" };
    worker?.terminate();
  }

  run().catch(fail);
  return {
    phase,
    stop() {
      stopped = true;
      worker?.terminate();
    },
  };
}

/** Of this build, with its hash in the name. */
function workerAddress(): string {
  return document.querySelector('meta[name="goldbox-dice"]')?.getAttribute("content") ?? "/dice.js";
}

function isEntry(value: unknown): value is JsonObject & LoggedCommand {
  return isObject(value) && typeof value["n"] === "number" && isObject(value["command"]) &&
    Array.isArray(value["events"]) && typeof value["actor"] === "string" && typeof value["at"] === "number" &&
    typeof value["epoch"] === "number";
}
