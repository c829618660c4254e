import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { PlayerIntent } from "../../engine/types/command.ts";
import type { CreatureId } from "../../engine/types/ids.ts";
import type { CharacterView, Forecast, PartyView, TalkView } from "../../engine/types/view.ts";
import type { HashValue } from "../../engine/view/hash.ts";
import type { Connection } from "../net/connection.ts";
import { isObject, type JsonObject, listOf, numberOf, textOf } from "../net/json.ts";
import { createOutbox, type Settled } from "../net/outbox.ts";
import { createSubscription, isBehind, type Subscription } from "../net/subscription.ts";
import { itemName, spellRecord } from "../content.ts";
import { t } from "../text/text.ts";
import { aheadText } from "./ahead.ts";
import { callOf } from "./acts.ts";
import { type LogLine, type Names, tell } from "./log.ts";
import type { Voice } from "./voice.ts";

export interface Option {
  readonly intent: PlayerIntent;
  readonly forecast?: Forecast;
}

export type Panel = "map" | "sheet" | "stash" | "journal" | "log" | "help" | "chat" | "menu";

/** A numbered menu laid over the play screen: digits choose, Escape leaves. */
export interface Menu {
  readonly title: string;
  readonly lines: readonly MenuLine[];
}
export interface MenuLine {
  readonly label: string;
  readonly detail?: string;
  readonly icon?: string;
  /** Creature the line is about: shown on the map while the line has focus. */
  readonly about?: CreatureId;
  run(): void;
}

/** Waiting for a square: a spell's point. */
export interface Aim {
  readonly title: string;
  readonly radius: number;
  choose(square: readonly [number, number]): void;
}

/** One world as this browser plays it: views by stream, legal things by query, commands by outbox. */
export interface Game {
  readonly world: string;
  readonly seat: ReadonlySignal<string>;
  readonly view: ReadonlySignal<PartyView | null>;
  readonly talk: ReadonlySignal<TalkView | null>;
  readonly options: ReadonlySignal<readonly Option[]>;
  readonly log: ReadonlySignal<readonly LogLine[]>;
  readonly own: ReadonlySignal<readonly CharacterView[]>;
  readonly active: ReadonlySignal<CharacterView | undefined>;
  readonly leads: ReadonlySignal<boolean>;
  /** An answer is under way, or the legal things of the newest view are not known yet. */
  readonly busy: ReadonlySignal<boolean>;
  readonly panel: Signal<Panel | null>;
  readonly menu: Signal<Menu | null>;
  readonly aim: Signal<Aim | null>;
  readonly focus: Signal<CreatureId | null>;
  /** Events of the newest message, for what moves on the screen. */
  readonly happened: ReadonlySignal<readonly JsonObject[]>;
  readonly refused: ReadonlySignal<string>;
  choose(character: CreatureId): void;
  act(intent: PlayerIntent): Promise<Settled>;
  nameOf(id: unknown): string;
  start(): void;
  stop(): void;
}

const LOG_LINES = 200;

export function createGame(line: Connection, world: string, lane: number, voice: Voice): Game {
  const seat = signal("");
  const view = signal<PartyView | null>(null);
  const talk = signal<TalkView | null>(null);
  const options = signal<readonly Option[]>([]);
  const log = signal<readonly LogLine[]>([]);
  const chosen = signal<CreatureId | null>(null);
  const pending = signal(0);
  const happened = signal<readonly JsonObject[]>([]);
  const refused = signal("");
  const asking = signal(false);
  const names = new Map<string, string>();
  const ours = new Set<string>();
  const weapons = new Map<string, string>();
  let lines = 0;
  let asked = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  const own = computed(() => {
    const now = view.value;
    if (now === null) return [];
    return Object.values(now.characters).filter((one) => one.seat === seat.value);
  });
  const active = computed(() => {
    const now = view.value;
    const turn = now?.combat?.prompt?.creature ?? now?.combat?.turn;
    return own.value.find((one) => one.id === turn) ?? own.value.find((one) => one.id === chosen.value) ?? own.value[0];
  });
  const leads = computed(() => view.value?.seats[seat.value]?.roles.includes("leader") === true);

  const outbox = createOutbox(line, () => ({
    world,
    lane,
    ...(party.state() === undefined ? {} : { epoch: party.state()?.epoch ?? 0 }),
  }), (ms) => new Promise((resolve) => setTimeout(resolve, ms)));

  const book: Names = {
    of: (id) => typeof id !== "string" ? "" : id === "stash" ? t("the-stash") : names.get(id) ?? t("somebody"),
    weapon: (id) => weaponText(typeof id === "string" ? id : "", weapons),
    ours: (id) => typeof id === "string" && ours.has(id),
  };

  const party: Subscription = createSubscription(line, {
    world,
    audience: "party",
    lane,
    lastCseq: outbox.lastCseq,
    onSubscribed(answer) {
      if (answer["reason"] === "epoch") {
        outbox.drop();
        note({ kind: "big", text: t("world-restored") });
      }
      seat.value = textOf(answer["seat"], seat.value);
      outbox.lift(numberOf(answer["nextCseq"], 1));
    },
    onView: adopt,
    onRefused: (code, message) => refused.value = message === "" ? code : message,
  });
  const chat = createSubscription(line, {
    world,
    audience: "party.talk",
    lane,
    lastCseq: outbox.lastCseq,
    onSubscribed: () => {},
    onView(value, events) {
      if (isTalkView(value)) talk.value = value;
      for (const event of events) {
        if (event["type"] === "Said") {
          note({ kind: "talk", text: t("log-said", { who: textOf(event["name"]), text: textOf(event["text"]) }) });
        }
      }
    },
    onRefused: () => {},
  });

  function adopt(value: HashValue, events: readonly JsonObject[]): void {
    if (!isPartyView(value)) return;
    learn(value);
    const yours = isYourTurn(view.value);
    const asked = view.value?.combat?.prompt?.creature;
    if (view.value === null) {
      note({ kind: "big", text: t("log-welcome", { world: value.world.name }) });
      note({ kind: "plain", text: aheadText(value) });
      if (value.mode === "explore") note({ kind: "plain", text: t("log-hint") });
    }
    batch(() => {
      view.value = value;
      happened.value = events;
      for (const event of events) {
        const told = tell(event, book);
        if (told !== undefined) note(told);
      }
    });
    if (!yours && isYourTurn(value)) voice.alert(t("your-turn", { who: book.of(value.combat?.turn) }));
    const prompt = value.combat?.prompt;
    if (prompt && prompt.creature !== asked && own.value.some((one) => one.id === prompt.creature)) {
      voice.alert(t(`prompt-${prompt.type}`, { who: book.of(prompt.creature), about: book.of(prompt.about) }));
    }
    askOptions();
  }

  function isYourTurn(now: PartyView | null): boolean {
    const turn = now?.combat?.turn;
    return turn !== undefined && own.value.some((one) => one.id === turn && !one.quick);
  }

  function learn(value: PartyView): void {
    for (const one of Object.values(value.characters)) {
      names.set(one.id, one.name);
      ours.add(one.id);
      for (const stack of Object.values(one.pack)) weapons.set(stack.id, stack.item);
    }
    for (const foe of Object.values(value.combat?.foes ?? {})) names.set(foe.id, foe.name);
  }

  function note(told: Omit<LogLine, "key">): void {
    log.value = [...log.value.slice(-LOG_LINES), { ...told, key: String(++lines) }];
    voice.say(told.text);
  }

  function askOptions(): void {
    clearTimeout(soon);
    asking.value = true;
    soon = setTimeout(fetchOptions, 25);
  }

  async function fetchOptions(): Promise<void> {
    const mine = ++asked;
    const now = view.value;
    const who = active.value;
    const combat = now?.combat;
    const waits = combat === null || combat === undefined || combat.turn === who?.id ||
      combat.prompt?.creature === who?.id;
    if (now === null || who === undefined || !waits) {
      options.value = [];
      asking.value = false;
      return;
    }
    const state = party.state();
    const reply = await line.call("v1.getOptions", { world, character: who.id, minSeq: state?.seq ?? 0 });
    if (mine !== asked) return;
    asking.value = reply.type === "error" && reply.error.retry === "same";
    if (reply.type === "result") options.value = listOf(reply.result["options"]).filter(isOption);
    else if (reply.type === "error" && reply.error.retry === "same") {
      soon = setTimeout(fetchOptions, Math.max(200, reply.error.retryAfterMs));
    }
  }

  async function act(intent: PlayerIntent): Promise<Settled> {
    const { method, params } = callOf(intent);
    pending.value++;
    const settled = await outbox.send(method, params);
    pending.value--;
    if (settled.type === "error") {
      const { message, hint, code } = settled.error;
      note({ kind: "bad", text: [message === "" ? code : message, hint].filter((part) => part !== "").join(". ") });
      askOptions();
    }
    return settled;
  }

  const noMoreLines = line.onOpen(() => {
    party.subscribe().then(askOptions);
    chat.subscribe();
  });
  const noMoreNotices = line.onNotice((method, params) => {
    party.notice(method, params);
    chat.notice(method, params);
    if (method === "pong") {
      if (isBehind(params["heads"], world, "party", party.state())) party.subscribe();
      if (isBehind(params["heads"], world, "party.talk", chat.state())) chat.subscribe();
    }
  });

  return {
    world,
    seat,
    view,
    talk,
    options,
    log,
    own,
    active,
    leads,
    busy: computed(() => pending.value > 0 || asking.value),
    panel: signal(null),
    menu: signal(null),
    aim: signal(null),
    focus: signal(null),
    happened,
    refused,
    choose(character) {
      chosen.value = character;
      askOptions();
    },
    act,
    nameOf: book.of,
    start() {
      party.subscribe().then(askOptions);
      chat.subscribe();
    },
    stop() {
      noMoreLines();
      noMoreNotices();
      party.stop();
      chat.stop();
      clearTimeout(soon);
      for (const audience of ["party", "party.talk"]) line.call("v1.stream.unsubscribe", { world, audience });
    },
  };
}

/** `i_7:off` is the item's name and "off hand"; what is no item of the party reads as words. */
function weaponText(id: string, weapons: ReadonlyMap<string, string>): string {
  const [item = "", way] = id.split(":");
  const record = weapons.get(item) ?? item;
  const name = spellRecord(record)?.name ?? itemName(record);
  return way === undefined
    ? name.toLowerCase()
    : `${name.toLowerCase()}, ${t(way === "off" ? "slot-weaponOff" : "way-thrown")}`;
}

function isPartyView(value: unknown): value is PartyView {
  return isObject(value) && typeof value["mode"] === "string" && isObject(value["party"]) &&
    isObject(value["characters"]) && isObject(value["clock"]);
}

function isTalkView(value: unknown): value is TalkView {
  return isObject(value) && isObject(value["lines"]);
}

function isOption(value: unknown): value is Option {
  return isObject(value) && isObject(value["intent"]) && typeof value["intent"]["type"] === "string";
}
