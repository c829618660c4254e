import type { LiveAccount } from "./account.ts";
import { runAccountCommand } from "./account_command.ts";
import type { AccountShop } from "./account_receipt.ts";
import type { Accounts } from "./accounts.ts";
import { refuse } from "./answers.ts";
import type { AccountCommand, Answer, Caller, WorldCommand } from "./api.ts";
import { bySeat, callerJob, seatJob } from "./command_job.ts";
import type { Job } from "./job.ts";
import { type JoinRequest, membershipWrites, prepareJoin } from "./membership.ts";
import { type Room, seatOf } from "./worlds.ts";

export interface CommandShop extends AccountShop {
  readonly accounts: Accounts;
  /** Whether the server is stopping. */
  readonly closing: () => boolean;
}

/** Everything a caller may command: a world from their seat, their place in it, or their own account. */
export interface Commands {
  submit(caller: Caller, command: WorldCommand): Promise<Answer>;
  submitAccount(caller: Caller, command: AccountCommand): Promise<Answer>;
}

export function createCommands(shop: CommandShop): Commands {
  const { worlds, accounts, deps } = shop;

  function submit(caller: Caller, command: WorldCommand): Promise<Answer> {
    if (shop.closing()) return Promise.resolve(refuse("server/going_away"));
    // Already in memory, a world takes its command within this very task: order on a socket is order in the mailbox.
    const room = worlds.live(command.world);
    return room === undefined ? submitLater(caller, command) : submitTo(room, caller, command);
  }

  async function submitLater(caller: Caller, command: WorldCommand): Promise<Answer> {
    const found = await worlds.find(command.world);
    return found.ok ? await submitTo(found.room, caller, command) : found;
  }

  function submitTo(room: Room, caller: Caller, command: WorldCommand): Promise<Answer> {
    const { ask } = command;
    if (ask.type === "JoinGame") {
      return inAccount(caller, (account, done) => join(room, account, { caller, command, ask, done }));
    }
    if (ask.type === "LeaveGame") {
      return inAccount(caller, (account, done) => leave(room, account, { caller, command, done }));
    }
    const seat = seatOf(room.world.committed.state, caller.account);
    if (seat !== undefined) present(room, () => room.presence.seen(seat));
    return new Promise((answer) => room.world.submit(seatJob(caller, command, ask, answer)));
  }

  async function submitAccount(caller: Caller, command: AccountCommand): Promise<Answer> {
    if (shop.closing()) return refuse("server/going_away");
    const account = await accounts.find(caller.account);
    if (account === undefined) return refuse("auth/ended");
    return await account.turn(() => runAccountCommand(shop, account, caller, command));
  }

  /** Holds the account's turn until its part of the commit is settled, though the caller may be answered before. */
  async function inAccount(
    caller: Caller,
    run: (account: LiveAccount, done: () => void) => Promise<Answer>,
  ): Promise<Answer> {
    const account = await accounts.find(caller.account);
    if (account === undefined) return refuse("auth/ended");
    const told = Promise.withResolvers<Answer>();
    const turn = account.turn(async () => {
      const settled = Promise.withResolvers<void>();
      told.resolve(await run(account, settled.resolve));
      await settled.promise;
    });
    turn.then((refused) => {
      if (refused !== undefined) told.resolve(refused);
    }, told.reject);
    return await told.promise;
  }

  interface Move {
    readonly caller: Caller;
    readonly command: WorldCommand;
    readonly done: () => void;
  }

  async function join(room: Room, account: LiveAccount, { caller, command, ask, done }: Move & { ask: JoinRequest0 }) {
    const request: JoinRequest = { ...ask, world: command.world };
    const roster = await deps.store.readRoster(caller.account);
    const belongings = { roster, seats: (await deps.store.readSeats(caller.account)).length };
    return await withAccount(
      room,
      account,
      done,
      (answer) => callerJob(caller, command, (state) => prepareJoin(caller, request, belongings, state), answer),
    );
  }

  async function leave(room: Room, account: LiveAccount, { caller, command, done }: Move) {
    return await withAccount(room, account, done, (answer) =>
      callerJob(caller, command, (state) => {
        const seat = seatOf(state, caller.account);
        if (seat === undefined) return refuse("world/unknown");
        return { ok: true, by: bySeat(seat), intent: { type: "LeaveGame" } };
      }, answer));
  }

  /** Submits a job whose atomic also holds the account. */
  function withAccount(
    { world }: Room,
    account: LiveAccount,
    done: () => void,
    job: (answer: (answer: Answer) => void) => Job,
  ): Promise<Answer> {
    return new Promise((resolve) => {
      let writing = false;
      world.submit({
        ...job((answer) => {
          if (!writing) done();
          resolve(answer);
        }),
        also(events, after) {
          writing = true;
          return membershipWrites(account, world.id, events, after.state, () => done());
        },
      });
    });
  }

  return { submit, submitAccount };
}

type JoinRequest0 = Extract<WorldCommand["ask"], { readonly type: "JoinGame" }>;

/** Marks somebody present and lets a clock that stood still go on. */
export function present({ presence, timer }: Room, mark: () => void): void {
  const before = presence.anyone;
  mark();
  if (!before) timer.update();
}
