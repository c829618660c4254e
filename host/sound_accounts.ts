import { DamagedRecord } from "../kv/ports.ts";
import { refuse } from "./answers.ts";
import type { Answer, Host } from "./api.ts";
import type { HostDeps } from "./deps.ts";

/** Something stored of an account is damaged, where there is no answer to say so in. */
export class AccountDamaged extends Error {
  override readonly name = "AccountDamaged";
}

/** Accounts of which something damaged was met since the process started, with what it was. */
export class DamagedAccounts {
  readonly #found = new Map<string, string>();
  readonly #deps: Pick<HostDeps, "metrics" | "log">;

  constructor(deps: Pick<HostDeps, "metrics" | "log">) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#found.size;
  }

  /** Notes a fault that is of an account; any other goes on. Logged once for each account. */
  note(fault: unknown): void {
    if (!(fault instanceof DamagedRecord)) throw fault;
    const [room, account] = fault.key.split("/");
    if (room !== "a" || account === undefined) throw fault;
    if (this.#found.has(account)) return;
    this.#found.set(account, fault.message);
    this.#deps.metrics.accountsDamaged.set(this.size);
    this.#deps.log("error", "account damaged", { account, why: fault.message });
  }
}

/**
 * A host that answers `account/damaged` where something stored of an account does not read as it was written. Nothing
 * is written over it, its owner is told, and play in worlds it is not needed for goes on.
 */
export function soundAccounts(host: Host, damaged: DamagedAccounts): Host {
  async function unless<T>(run: () => Promise<Answer<T>>): Promise<Answer<T>> {
    try {
      return await run();
    } catch (fault) {
      damaged.note(fault);
      return refuse("account/damaged");
    }
  }

  return {
    ...host,
    returnKey: (caller) => unless(() => host.returnKey(caller)),
    comeBack: (input) => unless(() => host.comeBack(input)),
    submit: (caller, command) =>
      command.ask.type === "JoinGame" || command.ask.type === "LeaveGame"
        ? unless(() => host.submit(caller, command))
        : host.submit(caller, command),
    submitAccount: (caller, command) => unless(() => host.submitAccount(caller, command)),
    roster: (caller) => unless(() => host.roster(caller)),
    async worlds(caller) {
      try {
        return await host.worlds(caller);
      } catch (cause) {
        damaged.note(cause);
        throw new AccountDamaged("Cannot list the worlds as a seat of the account is damaged", { cause });
      }
    },
  };
}
