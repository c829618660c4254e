/** Runs one seed: calm while people sit down, weather and deeds of the plan, calm again, and everything is checked. */
import { createRules } from "../../../host/rules.ts";
import { smallRules } from "../../../host/small_rules_fixture.ts";
import type { Messages } from "../../../routes/wire/messages.ts";
import { History } from "../../kit/history.ts";
import type { Account } from "./account.ts";
import { createAgenda } from "./agenda.ts";
import { createChance } from "./chance.ts";
import { checkStore } from "./check_store.ts";
import type { Client } from "./client.ts";
import { carryOut } from "./deeds.ts";
import { Inspector } from "./inspector.ts";
import { Machine } from "./machine.ts";
import { Network } from "./network.ts";
import { planOf } from "./plan.ts";
import { PLANTED, type PlantName } from "./plants.ts";
import { serverMessages } from "./process.ts";
import type { Stage } from "./stage.ts";
import { sitDown, type Table } from "./table.ts";
import { Truth } from "./truth.ts";
import { watchRejections } from "./unhandled.ts";
import { CALM } from "./weather.ts";
import { type Broken, Witness } from "./witness.ts";

export interface RunOptions {
  readonly seed: number;
  readonly steps: number;
  /** Which steps of the plan are carried out; all when left out. */
  readonly keep?: ReadonlySet<number>;
  readonly plant?: PlantName;
  readonly tracing?: boolean;
  readonly messages?: Messages;
}

export interface RunReport {
  readonly seed: number;
  /** What was broken, first things first. The run ends with the first. */
  readonly broken: readonly Broken[];
  readonly trace: readonly string[];
  readonly acknowledged: number;
  readonly starts: number;
  /** Ms of virtual time. */
  readonly lasted: number;
}

/** Nobody needs longer than this once everything works: the longest stall, a timeout and a reconnection. */
const SETTLE_MS = 180_000;
/** The longest clock of the rules with everything that may be added to it. */
const TURN_MS = 400_000;

export async function runSeed(
  { seed, steps, keep, plant, tracing = false, messages }: RunOptions,
): Promise<RunReport> {
  const plan = planOf(seed, steps);
  const agenda = createAgenda();
  const witness = new Witness(agenda, tracing);
  const engine = plan.real ? createRules() : smallRules();
  const truth = new Truth(engine, witness);
  const inspector = new Inspector(truth, witness);
  let crashWhenAcknowledged = false;
  const network = new Network({
    agenda,
    chance: createChance(seed, "network"),
    weather: () => machine.weather,
    inspector,
    witness,
    acknowledged() {
      if (!crashWhenAcknowledged) return;
      crashWhenAcknowledged = false;
      machine.crash("between answer and publish");
    },
  });
  const stage: Stage = {
    agenda,
    chance: createChance(seed, "players"),
    network,
    truth,
    witness,
    history: new History(),
    engine,
  };
  const machine = new Machine({
    stage,
    plan,
    plant: plant === undefined ? {} : PLANTED[plant].make(),
    messages: messages ?? serverMessages(),
    inspector,
    weather: CALM,
    async restored() {
      for (const account of accounts) await account.restored(machine.store);
      for (const client of clients) {
        if (!await machine.store.hasSession(client.options.session)) client.leave();
      }
    },
  });
  const over = () => witness.broken.length > 0;
  const clients: Client[] = [];
  const accounts: Account[] = [];
  const tables: Table[] = [];

  /** Runs until something is so, at most so long; false when it is not so then. */
  async function reach(ms: number, done: () => boolean): Promise<boolean> {
    await agenda.run(agenda.now + ms, () => done() || over());
    return done();
  }
  const everybody = () => clients.every(({ caughtUp }) => caughtUp) && accounts.every(({ idle }) => idle);
  const behind = () => clients.map((client) => client.behind).find((why) => why !== undefined) ?? "an account waits";

  /** Waits, in calm weather, for everybody to have what they asked for. */
  async function settle(when: string): Promise<void> {
    for (const client of clients) client.ping();
    for (const client of clients) client.follow();
    // What another node wrote shows with the next commit of ours: nothing watches a local file.
    for (const { clients: [first] } of tables) {
      if (machine.elsewheres > 0) first?.outbox.want("talk.say", { text: "Well?" });
    }
    if (!await reach(SETTLE_MS, () => machine.up && everybody())) witness.say("progress", `${when}: ${behind()}`);
  }

  async function askAgain(): Promise<void> {
    for (const client of clients) {
      for (const command of client.outbox.acknowledged.slice(-3)) client.outbox.again(command);
      if (client.seated) client.questions.view("party", client.outbox.seen("party"));
    }
    await reach(60_000, everybody);
  }

  const unwatch = watchRejections(witness);
  await machine.boot();
  const seated = (async () => {
    for (let i = 0; i < plan.worlds.length; i++) tables.push(await sitDown(stage, plan, i));
  })();
  let ready = false;
  seated.then(() => ready = true, (fault) => witness.say("progress", `nobody can sit down: ${fault}`));
  await reach(120_000, () => ready);
  for (const table of tables) {
    clients.push(...table.clients);
    accounts.push(...table.accounts);
  }
  if (!over()) await settle("at the beginning");

  machine.weather = plan.weather;
  const begin = agenda.now;
  for (const { id, at, deed } of plan.steps) {
    if (keep !== undefined && !keep.has(id)) continue;
    agenda.after(begin + at - agenda.now, () => {
      witness.note("step", `${id} ${JSON.stringify(deed)}`);
      if (deed.type === "crash" && deed.when === "acknowledged") crashWhenAcknowledged = true;
      else carryOut(deed, { stage, machine, tables, clients, accounts, real: plan.real });
    });
  }
  await agenda.run(begin + (plan.steps.at(-1)?.at ?? 0) + 1_000, over);

  crashWhenAcknowledged = false;
  machine.calm(CALM);
  if (!over()) await settle("after the storm");
  if (!over()) await askAgain();
  if (!over()) await turnsEnd();
  if (plan.ending === "stop") machine.stop();
  else machine.crash("once more at the end");
  if (!over()) await reach(20_000, () => machine.starts > 1 && machine.up);
  if (!over()) await settle("after the last start");
  if (!over()) await askAgain();
  if (!over()) await settle("at the end");
  if (!over()) await checkStore({ stage, machine, accounts });
  // Rejections are told a task later.
  await agenda.run(agenda.now, () => true);
  unwatch();

  /** A clock that runs out ends what it is the clock of, when somebody is there. */
  async function turnsEnd(): Promise<void> {
    for (const { id } of truth.worlds.values()) {
      const dueOf = () => JSON.stringify(engine.due(truth.worlds.get(id)?.state ?? engine.start(id)));
      const listened = clients.some((client) =>
        client.options.world === id && client.seated && client.line !== undefined
      );
      const due = dueOf();
      if (due === undefined || !listened) continue;
      if (!await reach(TURN_MS, () => dueOf() !== due)) witness.say("progress", `${id} still waits for ${due}`);
    }
  }

  const acknowledged = clients.reduce((sum, { outbox }) => sum + outbox.acknowledged.length, 0);
  return {
    seed,
    broken: witness.broken,
    trace: witness.trace,
    acknowledged,
    starts: machine.starts,
    lasted: agenda.now,
  };
}
