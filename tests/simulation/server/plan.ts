/** What happens in a run, drawn from its seed before it begins: a list, so that parts of it can be left out. */
import type { Audience } from "../../../engine/types/names.ts";
import { LOCAL_LIMITS } from "../../../kv/cells.ts";
import { type Chance, createChance } from "./chance.ts";
import type { CommitFate } from "./sim_cells.ts";
import { drawWeather, type Weather } from "./weather.ts";

/** What a player wants, in the small game. With the real rules it is something legal instead. */
export const WISHES = ["step", "searchOn", "searchOff", "turn", "say", "meet", "camp", "leave"] as const;
export type Wish = typeof WISHES[number];

export type Deed =
  | { readonly type: "want"; readonly client: number; readonly wish: Wish; readonly stale: boolean }
  | {
    readonly type: "skip" | "again" | "reuse" | "cut" | "halfOpen" | "mute" | "ping" | "end";
    readonly client: number;
  }
  | { readonly type: "query"; readonly client: number; readonly audience: Audience; readonly own: boolean }
  | { readonly type: "poll"; readonly client: number; readonly waitMs: number }
  | { readonly type: "resubscribe"; readonly client: number; readonly audience: string; readonly forget: boolean }
  | { readonly type: "burst"; readonly client: number; readonly count: number }
  | {
    readonly type: "batch";
    readonly client: number;
    readonly wishes: readonly Wish[];
    readonly look: boolean;
    readonly noise: "none" | "notification" | "nonsense";
  }
  | { readonly type: "account"; readonly client: number; readonly what: "world" | "character" | "again" }
  | { readonly type: "commit"; readonly fate: CommitFate }
  | { readonly type: "crash"; readonly when: "now" | "acknowledged" }
  | { readonly type: "elsewhere" | "import"; readonly world: number }
  | { readonly type: "stop" | "backup" }
  | { readonly type: "restore"; readonly after: "stop" | "crash" }
  | { readonly type: "pause" | "jump" | "full"; readonly ms: number };

export interface Step {
  /** Its place in the whole plan, by which it can be kept. */
  readonly id: number;
  /** Ms after the players have sat down. */
  readonly at: number;
  readonly deed: Deed;
}

/**
 * Clients of a world: `host` and `guest` are players, `tab` is another tab of the host, `phone` another session of theirs,
 * a `bot` calls by HTTP alone.
 */
export const ROLES = ["host", "guest", "tab", "phone", "bot", "onlooker"] as const;
export type Role = typeof ROLES[number];

export interface Plan {
  readonly seed: number;
  /** Whether the real rules are played. */
  readonly real: boolean;
  readonly weather: Weather;
  readonly worlds: readonly (readonly Role[])[];
  readonly checkAll: boolean;
  readonly snapshotEvery: number;
  readonly sleepAfterMs: number;
  /** Bytes of packed entries a world keeps. */
  readonly worldLogLimit: number;
  /** Checks of one atomic, as the committer is told: few make small packs, of which several are on their way at once. */
  readonly checks: number;
  readonly steps: readonly Step[];
  /** How the calm at the end is interrupted once more. */
  readonly ending: "stop" | "crash";
}

/** One in so many seeds plays the real rules. */
export const REAL_EVERY = 40;
/** Share of the runs with long logs, which are packed again and again and lose their beginning. */
const LONG = 0.05;
/** Share of the runs in which a backup is made, and restored while people play. */
const RESTORED = 0.08;
/** Share of the runs with small packs: one of two worlds is full, so another one follows it at once. */
const NARROW = 0.08;
/** Ms a commit takes there at most, so that the next one comes meanwhile. */
const SLOW_COMMIT = 60;
/** Of these a tenth is left free and one is the owner's. */
const NARROW_CHECKS = 4;
/** Share of the runs in which worlds are taken in while people play. */
const IMPORTED = 0.06;
/** More packed entries than any run makes. */
const NO_LIMIT = 1_000_000;

export function planOf(seed: number, count: number): Plan {
  const chance = createChance(seed, "plan");
  const real = seed % REAL_EVERY === REAL_EVERY - 1;
  const long = !real && chance.happens(LONG);
  const narrow = !real && !long && chance.happens(NARROW);
  const tables = real || long ? 1 : chance.pick(narrow ? [3, 4] : [1, 1, 2, 2, 3]);
  const worlds = Array.from({ length: tables }, () => drawClients(chance));
  const clients = worlds.flat().length;
  const restored = chance.happens(RESTORED);
  const moods = drawMoods(chance, { long, narrow, imported: !real && chance.happens(IMPORTED) });
  const steps: Step[] = [];
  let at = 0;
  for (let id = 0; id < count; id++) {
    const deed = drawDeed(chance, moods, clients, worlds.length);
    steps.push({ id, at, deed: restored ? restoring(chance, id / count) ?? deed : deed });
    at += drawGap(chance, moods.sleepy);
  }
  return {
    seed,
    real,
    weather: { ...drawWeather(chance), ...(narrow ? { commit: SLOW_COMMIT } : {}) },
    worlds,
    checkAll: chance.happens(0.5),
    snapshotEvery: long ? 2 : chance.pick([2, 5, 12]),
    sleepAfterMs: chance.pick([2_000, 15_000]),
    worldLogLimit: long ? chance.pick([1, 1_500, 4_000]) : NO_LIMIT,
    checks: narrow ? NARROW_CHECKS : LOCAL_LIMITS.checks,
    steps,
    ending: chance.pick(["stop", "crash"]),
  };
}

function drawClients(chance: Chance): Plan["worlds"][number] {
  return ROLES.filter((role) => role === "host" || chance.happens(role === "phone" ? 0.2 : 0.4));
}

/** Some backups first, then one is restored now and then. */
function restoring(chance: Chance, share: number): Deed | undefined {
  if (share < 0.4) return chance.happens(0.3) ? { type: "backup" } : undefined;
  if (!chance.happens(0.15)) return undefined;
  return chance.happens(0.3) ? { type: "backup" } : { type: "restore", after: chance.pick(["stop", "crash"]) };
}

/** Which kinds of trouble this run has, by weight. */
function drawMoods(
  chance: Chance,
  { long, narrow, imported }: { readonly long: boolean; readonly narrow: boolean; readonly imported: boolean },
) {
  const some = (weight: number) => chance.happens(0.5) ? weight : 0;
  return {
    sleepy: chance.happens(0.2),
    deeds: [
      ["want", 60],
      ["burst", long ? 30 : narrow ? 15 : 0],
      ["batch", some(4)],
      ["query", 6],
      ["poll", some(4)],
      ["again", 4],
      ["reuse", some(2)],
      ["skip", some(2)],
      ["resubscribe", some(5)],
      ["cut", some(5)],
      ["halfOpen", some(2)],
      ["mute", some(1)],
      ["ping", some(2)],
      ["account", some(3)],
      ["commit", some(5)],
      ["crash", some(4)],
      ["elsewhere", some(3)],
      ["import", imported ? 6 : 0],
      ["stop", some(2)],
      ["pause", some(2)],
      ["jump", some(2)],
      ["full", some(1)],
      ["end", some(0.3)],
    ] as const satisfies readonly (readonly [Deed["type"], number])[],
    wishes: [
      ["step", 30],
      ["say", 20],
      ["turn", some(8)],
      ["searchOn", some(6)],
      ["searchOff", 8],
      ["meet", some(6)],
      ["camp", some(3)],
      ["leave", some(2)],
    ] as const satisfies readonly (readonly [Wish, number])[],
  };
}

function drawGap(chance: Chance, sleepy: boolean): number {
  const x = chance.next();
  if (x < 0.55) return chance.int(0, 40);
  if (x < 0.85) return chance.int(40, 1_000);
  if (sleepy && x > 0.97) return chance.int(65_000, 130_000);
  return chance.int(1_000, 8_000);
}

const FATES: readonly CommitFate[] = [
  "refuse",
  "throwBefore",
  "throwAfter",
  "stallBefore",
  "stallAfter",
  "crashBefore",
  "crashBefore",
  "crashAfter",
  "crashAfter",
];

function drawDeed(chance: Chance, moods: ReturnType<typeof drawMoods>, clients: number, worlds: number): Deed {
  const type = chance.weighted(moods.deeds);
  const client = chance.int(0, clients - 1);
  const audience: Audience = chance.happens(0.7) ? "party" : "party.talk";
  switch (type) {
    case "want":
      return { type, client, wish: chance.weighted(moods.wishes), stale: chance.happens(0.1) };
    case "query":
      return { type, client, audience, own: chance.happens(0.5) };
    case "poll":
      return { type, client, waitMs: chance.pick([0, 3_000, 25_000]) };
    case "burst":
      return { type, client, count: chance.int(5, 12) };
    case "batch":
      return {
        type,
        client,
        wishes: Array.from({ length: chance.int(2, 5) }, () => chance.weighted(moods.wishes)),
        look: chance.happens(0.3),
        noise: chance.pick(["none", "none", "notification", "nonsense"]),
      };
    case "resubscribe":
      return { type, client, audience, forget: chance.happens(0.3) };
    case "account":
      return { type, client, what: chance.pick(["world", "character", "again"]) };
    case "commit":
      return { type, fate: chance.pick(FATES) };
    case "crash":
      return { type, when: chance.pick(["now", "acknowledged"]) };
    case "elsewhere":
    case "import":
      return { type, world: chance.int(0, worlds - 1) };
    case "stop":
      return { type };
    case "pause":
      return { type, ms: chance.pick([500, 5_000, 30_000]) };
    case "jump":
      return { type, ms: chance.pick([-3_600_000, -1_000, 1_000, 60_000, 3_600_000]) };
    case "full":
      return { type, ms: chance.pick([1_000, 10_000]) };
    default:
      return { type, client };
  }
}
