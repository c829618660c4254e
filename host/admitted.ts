import type { Admission, Sheddable } from "./admission.ts";
import type { Answer, Host } from "./api.ts";
import type { MemoryWatch } from "./memory.ts";

/** Memory does not come back within a moment. */
const MEMORY_RETRY_MS = 5_000;

/** A host that answers `server/busy` where there is no room, before anything else is looked at. */
export function admitted(host: Host, admission: Admission, memory: Pick<MemoryWatch, "pressure">): Host {
  function unless<T>(what: Sheddable, run: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const busy = admission.refusal(what);
    return busy === undefined ? run() : Promise.resolve(busy);
  }

  return {
    ...host,
    overload: { commands: () => admission.sheds("command"), refuse: () => admission.turnAway("command").refusal },
    guest: (input) => unless("guest", () => admission.admit(host.guest(input))),
    comeBack: (input) => unless("session", () => host.comeBack(input)),
    submit(caller, command) {
      const busy = admission.refusal("command");
      return busy === undefined ? admission.admit(host.submit(caller, command)) : Promise.resolve(busy);
    },
    submitAccount(caller, command) {
      const busy = command.ask.type === "CreateWorld" && memory.pressure !== "none"
        ? { ok: false as const, refusal: { code: "server/busy" as const, retryAfterMs: MEMORY_RETRY_MS } }
        : admission.refusal("command");
      return busy === undefined ? admission.admit(host.submitAccount(caller, command)) : Promise.resolve(busy);
    },
    view: (...asked) => unless("query", () => host.view(...asked)),
    options: (...asked) => unless("query", () => host.options(...asked)),
    roster: (...asked) => unless("query", () => host.roster(...asked)),
    events: (...asked) => unless("query", () => host.events(...asked)),
  };
}
