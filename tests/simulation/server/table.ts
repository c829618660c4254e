/** Sits the players of a run down at their tables, in calm weather and through the public doors. */
import type { JsonRecord } from "../../kit/client.ts";
import { Account } from "./account.ts";
import { Client } from "./client.ts";
import type { Plan } from "./plan.ts";
import type { Stage } from "./stage.ts";

export interface Table {
  readonly world: string;
  readonly invite: string;
  readonly clients: readonly Client[];
  readonly accounts: readonly Account[];
}

/** One call that has to succeed. */
export async function must(stage: Stage, method: string, params: JsonRecord, token?: string): Promise<JsonRecord> {
  const answer = Promise.withResolvers<JsonRecord | undefined>();
  const given = [{ id: 1, rid: "r-sitting-down", first: false }];
  const text = JSON.stringify({ jsonrpc: "2.0", id: 1, method: `v1.${method}`, params });
  stage.network.call({ text, token, given }, ([message]) => answer.resolve(message));
  const message = await answer.promise;
  if (message?.result === undefined) throw new Error(`Cannot ${method}: ${JSON.stringify(message)}`);
  return message.result as JsonRecord;
}

export const WORLD_NAME = "Ash Hollow";
const CLASSES = ["fighter", "cleric", "thief", "mage", "ranger", "paladin"] as const;
const NAMES = ["Aldric", "Brianna", "Corin", "Dessa", "Edda", "Falk"] as const;

async function signIn(stage: Stage, name: string): Promise<Account> {
  const { token, account } = await must(stage, "session.guest", { name, token: true });
  const session = await sessionOf(stage, String(token));
  return new Account(stage, { name, token: String(token), account: String(account), session });
}

/** Another session of an account, by its return key. */
async function comeBack(
  stage: Stage,
  { options }: Account,
): Promise<{ readonly token: string; readonly session: string }> {
  const { key } = await must(stage, "session.returnKey", {}, options.token);
  const { token } = await must(stage, "session.return", { key, token: true });
  return { token: String(token), session: await sessionOf(stage, String(token)) };
}

async function sessionOf(stage: Stage, token: string): Promise<string> {
  const caller = await stage.network.process?.host.authenticate(token);
  if (caller === undefined) throw new Error("A session just made is not known");
  return caller.session;
}

/** Makes characters in an account, as the real rules want them. */
async function makeParty(account: Account, from: number, count: number): Promise<readonly string[]> {
  const made: string[] = [];
  for (let i = from; i < from + count; i++) {
    const { character } = await account.make("createCharacter", {
      name: NAMES[i] ?? "Greta",
      class: CLASSES[i] ?? "fighter",
      lineage: "human",
      background: "sellsword",
      method: "standard",
    });
    made.push(String((character as JsonRecord).id));
  }
  return made;
}

export async function sitDown(stage: Stage, plan: Plan, number: number): Promise<Table> {
  const roles = plan.worlds[number] ?? [];
  const accounts: Account[] = [];
  const clients: Client[] = [];
  let world = "";
  let invite = "";
  let host: Account | undefined;
  for (const role of roles) {
    const name = `${role}${number}`;
    const own = role !== "tab" && role !== "phone";
    const account: Account = own || host === undefined ? await signIn(stage, name) : host;
    if (own) accounts.push(account);
    if (host === undefined) {
      host = account;
      const made = await account.make("world.create", { name: WORLD_NAME });
      world = String(made.world);
      invite = String(made.invite).split("/").at(-1)?.split(".").at(-1) ?? "";
    }
    const client = new Client({
      stage,
      account: account.options.account,
      ...(role === "phone" ? await comeBack(stage, account) : account.options),
      name,
      lane: role === "tab" ? 1 : 0,
      world,
      invite,
      transport: role === "bot" ? "http" : "socket",
      window: stage.chance.int(1, 4),
      sendsEpoch: stage.chance.happens(0.5),
    });
    clients.push(client);
    if (!own) continue;
    const characters = plan.real ? await makeParty(account, accounts.length * 2 - 2, 2) : [];
    if (role === "host" && characters.length === 0) continue;
    client.outbox.want("joinGame", { ...(role === "host" ? {} : { invite }), characters });
    client.connect();
    // A client that is told it has no seat yet would wait for one.
    await until(stage, () => client.outbox.idle);
  }
  for (const client of clients) client.connect();
  return { world, invite, clients, accounts };
}

/** Waits, in steps of virtual time, for something to be so. */
export async function until(stage: Stage, done: () => boolean): Promise<void> {
  while (!done()) {
    const pause = Promise.withResolvers<void>();
    stage.agenda.after(20, pause.resolve);
    await pause.promise;
  }
}
