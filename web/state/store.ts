import { type Signal, signal } from "@preact/signals";
import { callByHttp } from "../net/http.ts";
import { type Connection, createConnection, type Line } from "../net/connection.ts";
import { isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from "../net/json.ts";
import { createOutbox, type Settled } from "../net/outbox.ts";
import { createPatience } from "../net/patience.ts";
import { createGame, type Game } from "./game.ts";
import { noteHash, remember, remembered } from "./remember.ts";
import { createVoice, type Voice } from "./voice.ts";
import type { ReadonlySignal } from "@preact/signals";

export type Screen = "loading" | "title" | "worlds" | "newWorld" | "party" | "create" | "play" | "dice";

export interface WorldRow {
  readonly world: string;
  readonly name: string;
  readonly seedHash: string;
  readonly members: readonly string[];
  readonly mode: string;
  readonly lastPlayedAt: number;
  readonly turn: string;
  /** Ms; 0 while the world lives. */
  readonly endedAt: number;
  /** Why it cannot be played; empty: it can. */
  readonly state: string;
}

export interface RosterRow {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly lineage: string;
  readonly level: number;
  readonly hp: number;
  readonly maxHp: number;
  readonly icon: string;
  readonly colours: readonly [string, string];
  /** The world it is away in, or nothing. */
  readonly away: string;
}

/** Which world a character is about to enter: its id, or the invite that leads there. */
export interface Destination {
  readonly world?: string;
  readonly invite?: string;
  readonly name: string;
  readonly seedHash?: string;
}

export interface Store {
  readonly line: ReadonlySignal<Line>;
  /** Why the server lets what was asked wait; empty while it does not. */
  readonly held: ReadonlySignal<string>;
  readonly voice: Voice;
  readonly screen: Signal<Screen>;
  readonly name: Signal<string>;
  readonly fault: Signal<string>;
  readonly worlds: Signal<readonly WorldRow[]>;
  readonly roster: Signal<readonly RosterRow[]>;
  readonly rolls: Signal<readonly (readonly number[])[]>;
  readonly rerollsLeft: Signal<number>;
  readonly destination: Signal<Destination | null>;
  readonly game: Signal<Game | null>;
  /** The ended world whose dice are looked at. */
  readonly checking: Signal<WorldRow | null>;
  readonly theme: Signal<"gold" | "contrast">;
  start(): Promise<void>;
  enter(name: string): Promise<void>;
  /** Signs in by a return key; resolves with what is wrong, or nothing. */
  comeBack(key: string): Promise<string>;
  leaveSession(): Promise<void>;
  loadWorlds(): Promise<void>;
  loadRoster(): Promise<void>;
  account(method: string, params: JsonObject): Promise<Settled>;
  ask(method: string, params: JsonObject): Promise<JsonObject | undefined>;
  join(destination: Destination, characters: readonly string[]): Promise<boolean>;
  play(world: string): void;
  leavePlay(): void;
  /** Opens the page that checks the dice of a world that has ended. */
  openDice(world: string): Promise<void>;
}

/** Everything the screens share. One per page. */
export function createStore(
  options: { readonly socketUrl: string; readonly invite?: string; lane(): Promise<number> },
): Store {
  const connection = createConnection(options.socketUrl);
  const voice = createVoice();
  const screen = signal<Screen>("loading");
  const fault = signal("");
  const worlds = signal<readonly WorldRow[]>([]);
  const roster = signal<readonly RosterRow[]>([]);
  const rolls = signal<readonly (readonly number[])[]>([]);
  const rerollsLeft = signal(0);
  const destination = signal<Destination | null>(
    options.invite === undefined ? null : { invite: options.invite, name: "" },
  );
  const game = signal<Game | null>(null);
  const checking = signal<WorldRow | null>(null);
  const name = signal(remembered("goldbox-name"));
  const theme = signal<"gold" | "contrast">(remembered("goldbox-theme") === "contrast" ? "contrast" : "gold");
  let lane = 0;
  // The account numbers its commands on lane 0 for all tabs.
  const outbox = createOutbox(connection, () => ({ lane: 0 }), pause);

  async function start(): Promise<void> {
    lane = await options.lane();
    const reply = await untilKnown(connection, "session.get", {});
    if (reply.type === "error") {
      screen.value = "title";
      return;
    }
    name.value = textOf(reply.result["name"], name.value);
    await signedIn(true);
  }

  /** `still`: the page was loaded again, so the world in its address is asked for and says itself why it cannot be had. */
  async function signedIn(still = false): Promise<void> {
    connection.open();
    await connection.ready();
    await Promise.all([loadWorlds(), loadRoster()]);
    const here = new URLSearchParams(location.search).get("world");
    if (destination.value !== null) screen.value = "party";
    else if (here !== null && (still || worlds.value.some((row) => row.world === here))) play(here);
    else screen.value = "worlds";
  }

  async function enter(who: string): Promise<void> {
    const reply = await untilKnown(connection, "session.guest", { name: who, lang: "en" });
    if (reply.type === "error") {
      fault.value = reply.error.message;
      return;
    }
    name.value = who;
    remember("goldbox-name", who);
    fault.value = "";
    await signedIn();
  }

  async function comeBack(key: string): Promise<string> {
    const reply = await untilKnown(connection, "session.return", { key, lang: "en" });
    if (reply.type === "error") {
      return [reply.error.message, reply.error.hint].filter((part) => part !== "").join(". ");
    }
    name.value = textOf(reply.result["name"], name.value);
    remember("goldbox-name", name.value);
    fault.value = "";
    await signedIn();
    return "";
  }

  async function ask(method: string, params: JsonObject): Promise<JsonObject | undefined> {
    const patience = createPatience(connection.held);
    while (true) {
      await connection.ready();
      const reply = await connection.call(`v1.${method}`, params);
      if (reply.type === "error" && reply.error.retry === "same") patience.refused(reply.error);
      else if (reply.type !== "unknown") patience.over();
      if (reply.type === "result") return reply.result;
      if (reply.type === "error" && reply.error.retry !== "same") {
        fault.value = [reply.error.message, reply.error.hint].filter((part) => part !== "").join(". ");
        return undefined;
      }
      await pause(reply.type === "error" ? Math.max(100, reply.error.retryAfterMs) : 200);
    }
  }

  async function account(method: string, params: JsonObject): Promise<Settled> {
    let settled = await outbox.send(method, params);
    if (settled.type === "error" && /^command\/(superseded|cseq_reused)$/.test(settled.error.code)) {
      await loadRoster(); // another tab has used these numbers
      settled = await outbox.send(method, params);
    }
    fault.value = settled.type === "error"
      ? [settled.error.message, settled.error.hint].filter((part) => part !== "").join(". ")
      : "";
    return settled;
  }

  async function loadWorlds(): Promise<void> {
    const result = await ask("world.list", {});
    if (result === undefined) return;
    worlds.value = listOf(result["worlds"]).filter(isObject).map(worldRow);
    for (const row of worlds.value) if (row.endedAt === 0 && row.seedHash !== "") noteHash(row.world, row.seedHash);
  }

  async function loadRoster(): Promise<void> {
    const result = await ask("roster.list", {});
    if (result === undefined) return;
    roster.value = listOf(result["characters"]).filter(isObject).map(rosterRow);
    rolls.value = listOf(result["rolls"]).map((set) => listOf(set).map((score) => numberOf(score)));
    rerollsLeft.value = numberOf(result["rerollsLeft"]);
    outbox.lift(numberOf(result["nextCseq"], 1));
  }

  async function join(to: Destination, characters: readonly string[]): Promise<boolean> {
    const world = to.world ?? to.invite?.split(".")[0] ?? "";
    const seats = createOutbox(connection, () => ({ lane, ...(world.startsWith("w_") ? { world } : {}) }), pause);
    if (worlds.value.some((row) => row.world === world)) {
      const stream = { world, audience: "party.talk" };
      const known = await ask("stream.subscribe", { ...stream, lane });
      seats.lift(numberOf(known?.["nextCseq"], 1));
      await ask("stream.unsubscribe", stream);
    }
    const settled = await seats.send("joinGame", {
      ...(to.invite === undefined ? {} : { invite: to.invite }),
      characters,
    });
    if (settled.type === "error") {
      fault.value = [settled.error.message, settled.error.hint].filter((part) => part !== "").join(". ");
      return false;
    }
    fault.value = "";
    destination.value = null;
    history.replaceState(null, "", "/");
    await Promise.all([loadWorlds(), loadRoster()]);
    play(textOf(settled.result["world"], to.world ?? ""));
    return true;
  }

  function play(world: string): void {
    game.value?.stop();
    const next = createGame(connection, world, lane, voice);
    game.value = next;
    next.start();
    history.replaceState(null, "", `/?world=${encodeURIComponent(world)}`);
    screen.value = "play";
  }

  function leavePlay(): void {
    game.value?.stop();
    game.value = null;
    history.replaceState(null, "", "/");
    screen.value = "worlds";
    loadWorlds();
    loadRoster();
  }

  async function openDice(world: string): Promise<void> {
    await loadWorlds();
    const row = worlds.value.find((one) => one.world === world);
    if (row === undefined) return;
    game.value?.stop();
    game.value = null;
    history.replaceState(null, "", "/");
    checking.value = row;
    screen.value = "dice";
  }

  async function leaveSession(): Promise<void> {
    await callByHttp("session.end", {});
    connection.close();
    game.value?.stop();
    game.value = null;
    screen.value = "title";
  }

  return {
    line: connection.line,
    held: connection.held,
    voice,
    screen,
    name,
    fault,
    worlds,
    roster,
    rolls,
    rerollsLeft,
    destination,
    game,
    checking,
    theme,
    start,
    enter,
    comeBack,
    leaveSession,
    loadWorlds,
    loadRoster,
    account,
    ask,
    join,
    play,
    leavePlay,
    openDice,
  };
}

async function untilKnown({ held }: Pick<Connection, "held">, method: string, params: JsonObject): Promise<Settled> {
  const patience = createPatience(held);
  while (true) {
    const reply = await callByHttp(method, params);
    if (reply.type === "error" && reply.error.retry === "same") patience.refused(reply.error);
    else if (reply.type !== "unknown") {
      patience.over();
      return reply;
    }
    await pause(800);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function worldRow(row: JsonObject): WorldRow {
  return {
    world: textOf(row["world"]),
    name: textOf(row["name"]),
    seedHash: textOf(row["seedHash"]),
    members: listOf(row["members"]).map((one) => textOf(one)),
    mode: textOf(row["mode"]),
    lastPlayedAt: numberOf(row["lastPlayedAt"]),
    turn: textOf(row["turn"]),
    endedAt: numberOf(row["endedAt"]),
    state: textOf(row["state"]),
  };
}

function rosterRow(row: JsonObject): RosterRow {
  const sheet = objectOf(row["sheet"]);
  const appearance = objectOf(sheet["appearance"]);
  const colours = listOf(appearance["colours"]).map((one) => textOf(one));
  const first = objectOf(listOf(sheet["classes"])[0]);
  return {
    id: textOf(row["id"]),
    name: textOf(sheet["name"]),
    class: textOf(first["id"]),
    lineage: textOf(sheet["lineage"]),
    level: numberOf(first["level"], 1),
    hp: numberOf(sheet["hp"]),
    maxHp: numberOf(sheet["maxHp"]),
    icon: textOf(appearance["icon"], "person"),
    colours: [colours[0] ?? "#8a6a30", colours[1] ?? "#2a1c10"],
    away: textOf(row["away"]),
  };
}

export type { Connection };
