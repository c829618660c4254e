/** Carries out one step of a plan. */
import type { PlayerIntent } from "../../../engine/types/command.ts";
import type { JsonRecord } from "../../kit/client.ts";
import { wireCall } from "../../kit/intents.ts";
import type { Account } from "./account.ts";
import type { Client } from "./client.ts";
import type { Machine } from "./machine.ts";
import { comeIn } from "./newcomers.ts";
import type { Deed, Wish } from "./plan.ts";
import type { Stage } from "./stage.ts";
import { type Table, WORLD_NAME } from "./table.ts";

export interface Scene {
  readonly stage: Stage;
  readonly machine: Machine;
  readonly tables: readonly Table[];
  readonly clients: Client[];
  readonly accounts: readonly Account[];
  readonly real: boolean;
}

/** More than this is not asked for at once: nobody types faster. */
const WAITING = 6;

export function carryOut(deed: Deed, scene: Scene): void {
  const { machine, clients, accounts, tables } = scene;
  if ("client" in deed) {
    const client = clients[deed.client % clients.length];
    const account = accounts[deed.client % accounts.length];
    if (client !== undefined && account !== undefined) act(deed, client, account, scene);
    return;
  }
  switch (deed.type) {
    case "commit":
      return machine.order(deed.fate);
    case "crash":
      return machine.crash("now");
    case "stop":
      return machine.stop();
    case "backup":
      return void machine.backUp();
    case "restore":
      return machine.restore(deed.after);
    case "import": {
      const world = tables[deed.world % tables.length]?.world;
      if (world !== undefined) void bringIn(world, scene);
      return;
    }
    case "pause":
      return machine.pause(deed.ms);
    case "jump":
      return machine.jump(deed.ms);
    case "full":
      return machine.fill(deed.ms);
    case "elsewhere": {
      const world = tables[deed.world % tables.length]?.world;
      if (world !== undefined) void machine.elsewhere(world);
      return;
    }
  }
}

async function bringIn(world: string, { machine, stage, clients }: Scene): Promise<void> {
  const stored = await machine.takeIn(world);
  if (stored === undefined) return;
  const newcomers = await comeIn(stage, stored, `back${clients.length}-`);
  for (const client of newcomers) {
    clients.push(client);
    client.connect();
  }
}

type ClientDeed = Extract<Deed, { readonly client: number }>;

function act(deed: ClientDeed, client: Client, account: Account, scene: Scene): void {
  const { outbox } = client;
  switch (deed.type) {
    case "want":
      if (outbox.size >= WAITING) return;
      return scene.real ? wantLegal(client, scene.stage) : want(client, deed.wish, deed.stale);
    case "burst":
      return outbox.wantAll(Array.from({ length: deed.count }, (_, i) => WISHED[i % 3 === 0 ? "turn" : "say"]));
    case "batch": {
      if (outbox.size >= WAITING || scene.real) return;
      return client.together(() => {
        const wishes = deed.wishes.filter((wish) => wish !== "leave").map((wish) => wished(wish, client, false));
        outbox.wantAll(client.seated ? wishes : [], outbox.size + wishes.length);
        if (deed.look && client.seated) client.questions.view("party");
      }, deed.noise);
    }
    case "skip":
      return outbox.skip();
    case "again": {
      const [command] = outbox.acknowledged.slice(-scene.stage.chance.int(1, 8));
      return command && outbox.again(command);
    }
    case "reuse":
      return reuse(client, scene.stage);
    case "cut":
      return client.line?.cut();
    case "halfOpen":
      return client.line?.halfOpen();
    case "mute":
      return client.line?.mute();
    case "ping":
      return client.ping();
    case "end":
      return scene.real ? outbox.want("world.end", { name: WORLD_NAME }) : undefined;
    case "query":
      return client.seated
        ? client.questions.view(deed.audience, deed.own ? client.outbox.seen(deed.audience) : undefined)
        : undefined;
    case "poll":
      return client.seated ? client.questions.poll(deed.waitMs) : undefined;
    case "resubscribe":
      return client.resubscribe(deed.audience, deed.forget);
    case "account":
      if (!account.idle) return;
      if (deed.what === "again") return account.again();
      if (deed.what === "world") return void account.make("world.create", { name: "Another" });
      return scene.real ? undefined : void account.make("createCharacter", {
        name: "Greta",
        class: "cleric",
        lineage: "human",
        background: "acolyte",
        method: "standard",
      });
  }
}

const WISHED: Readonly<Record<Exclude<Wish, "leave">, readonly [method: string, params: JsonRecord]>> = {
  step: ["move", { step: "forward" }],
  searchOn: ["search", { mode: "on" }],
  searchOff: ["search", { mode: "off" }],
  turn: ["turn", { to: "left" }],
  say: ["talk.say", { text: "To the left!" }],
  meet: ["startCombat", {}],
  camp: ["camp.make", {}],
};

function want(client: Client, wish: Wish, stale: boolean): void {
  const { outbox, options: { invite, name } } = client;
  if (!client.seated) return outbox.want("joinGame", { invite, characters: [] });
  if (wish === "leave") {
    // Whoever leads stays, and a tab would leave for its other one.
    return name.startsWith("guest") && outbox.idle ? outbox.want("leaveGame", {}) : undefined;
  }
  outbox.wantAll([wished(wish, client, stale)]);
}

function wished(wish: Exclude<Wish, "leave">, client: Client, stale: boolean): readonly [string, JsonRecord] {
  const [method, params] = WISHED[wish];
  const position = client.streams.at(client.options.world, "party");
  const seen = stale && position !== undefined ? { epoch: position.epoch, expectSeq: position.seq } : {};
  return [method, { ...params, ...seen }];
}

/** Kinds so numerous or so final that they would crowd out the rest. */
const LEFT_OUT = new Set<PlayerIntent["type"]>(["LeaveGame", "GiveLead", "EndWorld"]);
const LIKED = new Set<PlayerIntent["type"]>(["Travel", "Interact", "Attack", "ChooseEncounter", "FinishLoot", "Quick"]);

/** Something the server says is legal now. */
function wantLegal(client: Client, stage: Stage): void {
  if (!client.seated) return;
  client.call("getOptions", { world: client.options.world }, (message) => {
    const options = (message?.result as JsonRecord | undefined)?.options as readonly JsonRecord[] | undefined;
    const intents = (options ?? []).map(({ intent }) => intent as PlayerIntent).filter(({ type }) =>
      !LEFT_OUT.has(type)
    );
    const liked = intents.filter(({ type }) => LIKED.has(type));
    const list = liked.length > 0 && stage.chance.happens(0.7) ? liked : intents;
    if (list.length === 0) return client.outbox.want("talk.say", { text: "To the left!" });
    const { method, params } = wireCall(stage.chance.pick(list));
    client.outbox.want(method, params);
  });
}

function reuse(client: Client, stage: Stage): void {
  const command = client.outbox.acknowledged.at(-1);
  if (command === undefined) return;
  const { world, session, cseq, lane } = command.call;
  const { truth } = stage;
  const { restores } = truth;
  // What a restore took back may be asked for under its number, with whatever in it.
  if (truth.entryOf(world, session, lane, cseq) === undefined) return;
  const params = JSON.stringify({ world, cseq, lane, text: "Something else" });
  client.outbox.reuse(command, "talk.say", params, (message) => {
    if (message?.result !== undefined && restores === truth.restores) {
      stage.witness.say("once", `${command.rid} was taken with other content under the same number`);
    }
  });
}
