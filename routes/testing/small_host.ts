/**
 * A host for tests of the wire alone: accounts, tickets and worlds that only count. It keeps no promise beyond its
 * interface; whatever is about play is tested with the real host in `tests/contract`.
 */
import type { AccountId, SeatId, SessionId } from "../../engine/types/ids.ts";
import type { PartyView } from "../../engine/types/view.ts";
import type { Answer, Caller, Host, Listener, StreamFrame, WorldCommand } from "../../host/api.ts";

export interface SmallHost extends Host {
  readonly submitted: WorldCommand[];
  /** Holds answers of commands back until called. */
  hold(): () => void;
  /** Sends a message to everybody who follows the party of a world. */
  publish(world: string, text: string): void;
  fail(fault: Error | undefined): void;
}

const EPOCH = 1_795_334_400;

export function createSmallHost(): SmallHost {
  const keys = new Map<string, Caller>();
  const callers = new Map<string, Caller>();
  const tickets = new Map<string, Caller>();
  const listeners = new Map<string, Set<Listener>>();
  const submitted: WorldCommand[] = [];
  let count = 0;
  let seq = 0;
  let gate: Promise<void> | undefined;
  let failing: Error | undefined;

  async function answer<T>(result: T): Promise<Answer<T>> {
    if (failing !== undefined) throw failing;
    await gate;
    return { ok: true, result };
  }
  function frame(kind: StreamFrame["kind"], text: string): StreamFrame {
    return { kind, epoch: EPOCH, seq, text };
  }

  return {
    submitted,
    hold() {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return () => {
        gate = undefined;
        held.resolve();
      };
    },
    publish(world, text) {
      for (const listener of listeners.get(`${world}/party`) ?? []) listener.send(frame("message", text));
    },
    fail: (fault) => failing = fault,
    guest({ name, lang }) {
      const id = ++count;
      const token = `token-of-guest-${id}`;
      const caller: Caller = {
        session: `ses_${id}` as SessionId,
        account: `a_${id}` as AccountId,
        tier: "guest",
        name,
        lang,
      };
      callers.set(token, caller);
      return Promise.resolve({ ok: true, result: { token, caller, expiresAt: Date.now() + 60_000 } });
    },
    returnKey(caller) {
      const key = `key-${++count}`;
      keys.set(key, caller);
      return Promise.resolve({ ok: true, result: { key } });
    },
    comeBack({ key, lang }) {
      const known = keys.get(key);
      if (known === undefined) return Promise.resolve({ ok: false, refusal: { code: "auth/wrong_credentials" } });
      const id = ++count;
      const token = `token-of-guest-${id}`;
      const caller: Caller = { ...known, session: `ses_${id}` as SessionId, lang };
      callers.set(token, caller);
      return Promise.resolve({ ok: true, result: { token, caller, expiresAt: Date.now() + 60_000 } });
    },
    authenticate: (token) => Promise.resolve(callers.get(token)),
    endSession({ session }) {
      for (const [token, caller] of callers) if (caller.session === session) callers.delete(token);
      return Promise.resolve();
    },
    ticket(caller) {
      const ticket = `ticket-${++count}`;
      tickets.set(ticket, caller);
      return Promise.resolve(ticket);
    },
    redeemTicket(ticket) {
      const caller = tickets.get(ticket);
      tickets.delete(ticket);
      return Promise.resolve(caller);
    },
    submit(_caller, command) {
      submitted.push(command);
      return answer({ world: command.world, cseq: command.cseq, epoch: EPOCH, seq: ++seq, events: [] });
    },
    submitAccount: (_caller, command) => answer({ cseq: command.cseq }),
    view: () => answer({ epoch: EPOCH, seq, seat: "s_1" as SeatId, view: {} as PartyView }),
    options: () => answer({ epoch: EPOCH, seq, options: [] }),
    worlds: () => Promise.resolve([]),
    roster: () => answer({ nextCseq: 1, characters: [], rolls: [], rerollsLeft: 3 }),
    log: () => answer({ seed: "", seedHash: "", rules: 1, head: 0, entries: [] }),
    invite: () => answer({ invite: "7Qm2xv" }),
    events: () => answer({ mode: "live", epoch: EPOCH, seq, messages: [] }),
    async subscribe(_caller, { world, audience }, listener) {
      const key = `${world}/${audience}`;
      listeners.set(key, (listeners.get(key) ?? new Set()).add(listener));
      listener.send(frame("resumed", `{"jsonrpc":"2.0","method":"v1.stream.resumed","params":{"world":"${world}"}}`));
      return await answer({ mode: "live", audience, epoch: EPOCH, seq, nextCseq: 1, seat: "s_1" as SeatId });
    },
    unsubscribe(world, audience, id) {
      const following = listeners.get(`${world}/${audience}`) ?? new Set();
      for (const listener of following) if (listener.id === id) following.delete(listener);
    },
    heads: () => [],
    desync: () => answer({ epoch: EPOCH, seq, view: {} as PartyView, hash: "0000000000000000" }),
    status: () => ({ status: "healthy", checks: [], worldsLive: 0, version: "0.0.0", startedAt: 0 }),
    stop: () => Promise.resolve(),
  };
}
