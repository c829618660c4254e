/** Fifty commands of two players with a crash in the middle, one call or message of which fails; and what has to hold afterwards. */
import { hashOf, type HashValue } from "../../../engine/view/hash.ts";
import type { CreatureId, WorldId } from "../../../engine/types/ids.ts";
import type { PlayerIntent } from "../../../engine/types/command.ts";
import type { AccountIntent } from "../../../host/api.ts";
import { accountCommand, command, joinCommand, testHost } from "../../../host/host_fixture.ts";
import { quickClock, quickSettle } from "./clock.ts";
import { memoryStore } from "../../../kv/memory_store.ts";
import type { Store } from "../../../kv/ports.ts";
import { entryLine, History } from "../../kit/history.ts";
import { checkHistory } from "../../kit/history_check.ts";
import { Count, failingStore, type Failure } from "./failing_store.ts";
import { Player, type Server } from "./player.ts";

export interface Outcome {
  /** Every store call and every message of the run, in order. */
  readonly storeCalls: readonly string[];
  readonly messages: readonly string[];
  readonly commands: number;
  /** One line for each broken promise. */
  readonly broken: readonly string[];
}

/** What both players do in turn once they sit at the table; `rest` lets time pass. */
const PLAY: readonly (PlayerIntent | { readonly type: "rest"; readonly ms: number } | { readonly type: "crash" })[] = [
  ...repeat(4),
  { type: "Say", text: "one" },
  { type: "Search", mode: "on" },
  // Refused while searching.
  { type: "Step" },
  { type: "Search", mode: "off" },
  { type: "Turn", to: "left" },
  ...repeat(5),
  { type: "StartCombat" },
  { type: "rest", ms: 11_000 },
  { type: "Say", text: "two" },
  ...repeat(4),
  { type: "crash" },
  ...repeat(3),
  { type: "Say", text: "three" },
  { type: "MakeCamp" },
  { type: "rest", ms: 121_000 },
  ...repeat(8),
  { type: "crash" },
  { type: "Search", mode: "on" },
  { type: "Step" },
  { type: "Search", mode: "off" },
  ...repeat(4),
];

function repeat(times: number): readonly PlayerIntent[] {
  return Array.from({ length: times }, () => ({ type: "Step" }));
}

const OPTIONS = { turnClock: "normal", difficulty: "normal" } as const;
const ADA = { name: "Ada", class: "fighter", lineage: "human", background: "sellsword", method: "standard" } as const;

export async function scenario(failure?: Failure, memory: Store = memoryStore()): Promise<Outcome> {
  const storeCount = new Count(failure?.kind === "store" ? failure : undefined);
  const netCount = new Count(failure?.kind === "network" ? failure : undefined);
  const history = new History();
  const running = boot(memory, storeCount, quickClock());
  const players = ["Ada", "Bob"].map((name) => new Player(name, running.server, netCount, history));
  const [ada, bob] = players;
  if (ada === undefined || bob === undefined) throw new Error("There are two players");

  const account = async (player: Player, cseq: number, ask: AccountIntent) => {
    const caller = player.caller ?? await player.signIn();
    const answer = await player.command(
      `account ${cseq}`,
      (host) => host.submitAccount(caller, accountCommand(cseq, ask)),
    );
    if (!answer.ok) throw new Error(`${player.name}'s ${ask.type} was refused: ${answer.refusal.code}`);
    return answer.result;
  };
  await account(ada, 1, { type: "RollScores" });
  const made = await account(ada, 2, { ...ADA, type: "CreateCharacter" });
  const { world } = await account(ada, 3, { type: "CreateWorld", name: "Ash Hollow", options: OPTIONS });
  const bobMade = await account(bob, 1, { ...ADA, type: "CreateCharacter", name: "Bob" });

  const table = new Table(world as WorldId, running, players);
  await table.join(ada, { characters: [idOf(made)] });
  const { invite } = await ada.query("invite", (host) => host.invite(callerOf(ada), table.world));
  await table.join(bob, { invite, characters: [idOf(bobMade)] });
  for (const player of players) await player.listen(table.world, "party");
  await ada.listen(table.world, "party.talk");
  const crash = () => {
    running.crash();
    for (const player of players) player.lose();
  };
  let turn = 0;
  for (const act of PLAY) {
    if (act.type === "rest") await running.server.clock.advance(act.ms);
    else if (act.type === "crash") crash();
    // Every third time both at once, so that a fault meets a command decided on another that is not durable yet.
    else if (++turn % 3 === 0) await Promise.all(players.map((player) => table.act(player, act)));
    else await table.act(turn % 2 === 0 ? ada : bob, act);
  }
  await table.leave(bob);
  await quickSettle();
  crash();
  await ada.resume(table.world);
  await quickSettle();
  const broken = await check({ memory, table, players, history });
  running.crash();
  return {
    storeCalls: storeCount.calls,
    messages: netCount.calls,
    commands: players.reduce((sum, { told }) => sum + told.length, 0),
    broken,
  };
}

/** The process that runs, and how it ends and the next one begins on the same store. */
function boot(memory: Store, count: Count, clock: ReturnType<typeof quickClock>) {
  let life = { alive: true };
  const start = (at: ReturnType<typeof quickClock>) => {
    const mine = life;
    const store = failingStore(memory, count, () => mine.alive);
    return testHost({ store, clock: at, options: { snapshotEvery: 10, sweepMs: 60_000 } }).host;
  };
  const server: Server = { host: start(clock), clock };
  return {
    server,
    crash() {
      life.alive = false;
      life = { alive: true };
      server.clock = quickClock(server.clock.now());
      server.host = start(server.clock);
    },
  };
}

class Table {
  readonly world: WorldId;
  readonly #running: ReturnType<typeof boot>;
  readonly #cseq = new Map<Player, number>();
  readonly players: readonly Player[];

  constructor(world: WorldId, running: ReturnType<typeof boot>, players: readonly Player[]) {
    this.world = world;
    this.#running = running;
    this.players = players;
  }

  async join(player: Player, more: { readonly invite?: string; readonly characters: readonly CreatureId[] }) {
    const cseq = this.#next(player);
    await this.#do(player, cseq, (host) => host.submit(callerOf(player), joinCommand(this.world, cseq, more)));
  }

  async act(player: Player, intent: PlayerIntent) {
    await player.resume(this.world);
    const cseq = this.#next(player);
    await this.#do(player, cseq, (host) => host.submit(callerOf(player), command(this.world, cseq, intent)));
  }

  async leave(player: Player) {
    await this.act(player, { type: "LeaveGame" });
  }

  get host() {
    return this.#running.server.host;
  }

  #next(player: Player): number {
    const cseq = (this.#cseq.get(player) ?? 0) + 1;
    this.#cseq.set(player, cseq);
    return cseq;
  }

  async #do(player: Player, cseq: number, ask: Parameters<Player["command"]>[1]) {
    const { session } = callerOf(player);
    await player.command(`${cseq}`, ask, { type: "command", world: this.world, session, lane: 0, cseq });
  }
}

interface Checked {
  readonly memory: Store;
  readonly table: Table;
  readonly players: readonly Player[];
  readonly history: History;
}

async function check({ memory, table, players, history }: Checked): Promise<readonly string[]> {
  const broken = players.flatMap((player) => player.broken);
  const { world } = table;
  const head = await memory.readHead(world);
  for (const entry of await memory.readEntries(world, 1, head?.value.n ?? 0)) history.write(entryLine(world, entry));
  for (const player of players) {
    for (const { key, again, answer } of player.told) {
      const second = await again();
      // A refusal is remembered by its process only; afterwards its number is known to have come to nothing.
      const forgotten = !answer.ok && !second.ok && second.refusal.code === "command/superseded";
      if (!forgotten && bare(second) !== bare(answer)) {
        broken.push(`${player.name} was told ${bare(answer)} about ${key}, then ${bare(second)}`);
      }
    }
  }
  const [ada] = players;
  const shown = ada && await ada.query("view", (host) => host.view(callerOf(ada), world, "party"));
  const mine = ada?.streams.find(({ audience }) => audience === "party");
  if (mine?.seq !== shown?.seq) broken.push(`Ada stands at ${mine?.seq}, the world at ${shown?.seq}`);
  if (mine && shown && hashOf(mine.view) !== hashOf(shown.view as object as HashValue)) {
    broken.push("Ada's view differs");
  }
  const steps = players.flatMap(({ told }) => told).filter(({ answer }) => answer.ok && purse(answer.result));
  const { purse: coins } = (shown?.view as { readonly party?: { readonly purse?: number } } | undefined)?.party ?? {};
  if (coins !== steps.length) broken.push(`${steps.length} steps were acknowledged, the purse has ${coins}`);
  // Whoever leaves takes all characters of this small game home.
  for (const player of players) {
    const roster = await memory.readRoster(callerOf(player).account);
    if (roster.length !== 1 || roster[0]?.away !== undefined) broken.push(`${player.name}'s roster is ${bare(roster)}`);
  }
  return [...broken, ...checkHistory(history.lines).map(({ promise, what }) => `${promise}: ${what}`)];
}

function purse(result: { readonly [member: string]: unknown }): boolean {
  return JSON.stringify(result["events"] ?? "").includes("PurseChanged");
}

function bare(value: unknown): string {
  return JSON.stringify(value);
}

function idOf(result: { readonly [member: string]: unknown }): CreatureId {
  return (result["character"] as { readonly id: CreatureId }).id;
}

function callerOf(player: Player) {
  if (player.caller === undefined) throw new Error(`${player.name} has not signed in`);
  return player.caller;
}
