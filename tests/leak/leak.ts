/**
 * One evening looked at for leaks: a twin, in which everything the party cannot know is another, has to look the same
 * under the same commands; and no secret of the world may stand in anything shown.
 */
import { commandRng, type Dice, emptyState, legalForSeat, rngAt, step } from "../../engine/mod.ts";
import type { Command, PlayerIntent } from "../../engine/types/command.ts";
import type { Character } from "../../engine/types/creature.ts";
import type { AccountId, WorldId } from "../../engine/types/ids.ts";
import type { WorldState } from "../../engine/types/state.ts";
import { SEAT, seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";
import { CANARY, disguise, disguiseFoes } from "./disguise.ts";
import { nextCommand, shownEvents, shownView } from "./play.ts";

export interface LeakPlay {
  /** Number of the world: its seed, its party and what is done in it. */
  readonly seed: number;
  /** Commands before anything is compared: so far into its evening. */
  readonly skip: number;
  /** Commands that are looked at. */
  readonly commands: number;
}

export interface LeakReport {
  /** One line for each leak. */
  readonly broken: readonly string[];
  readonly looked: number;
  /** Refusals compared. */
  readonly refusals: number;
  readonly modes: readonly string[];
}

const AT = 1_700_000_000_000;
const WORLD = "w_leak" as WorldId;
const INVITE = "HUSHinvite";
const ACCOUNT = "a_HUSH" as AccountId;
/** Of what was legal once, so many things are tried again later, when most of them are refused. */
const TRIED_AGAIN = 3;

export function playLeak({ seed: number, skip, commands }: LeakPlay): LeakReport {
  const seed = seedOf(number);
  const dice = rngAt(seed, "leak").dice();
  let state = begin(seed, number);
  const broken: string[] = [];
  const modes = new Set<string>();
  const former: PlayerIntent[] = [];
  let looked = 0;
  let refusals = 0;
  let before: string | undefined;
  for (let n = 3; n <= 2 + skip + commands && broken.length === 0; n += 1) {
    const legal = legalForSeat(state, SEAT);
    if (legal.length > 0) former[n % 40] = dice.pick(legal);
    const command = nextCommand(state, dice, legal);
    if (!command) break;
    const chance = commandRng(seed, 1, n);
    const one = step(state, command, chance);
    const where = `seed ${number}, command ${n}: ${JSON.stringify(command.intent).slice(0, 200)}`;
    if (!one.ok) return { broken: [`a legal command was refused, ${where}`], looked, refusals, modes: [...modes] };
    if (n > 2 + skip) {
      looked += 1;
      modes.add(one.state.mode);
      before ??= shownView(state);
      const twin = disguise(state, one.state);
      const two = step(twin, command, chance);
      const after = shownView(one.state);
      const told = shownEvents(one.state, one.events);
      const found = [
        ["view before", parting(before, shownView(twin))],
        ["legal before", parting(JSON.stringify(legal), JSON.stringify(legalForSeat(twin, SEAT)))],
        ["accepted", two.ok ? "" : JSON.stringify(two.rejection)],
        ["view after", two.ok ? parting(after, shownView(two.state)) : ""],
        ["told", two.ok ? parting(told, shownEvents(two.state, two.events)) : ""],
        ["mark", after.includes(CANARY) || told.includes(CANARY) ? CANARY : ""],
        ["foes' numbers", state.battle ? parting(before, shownView(disguiseFoes(state))) : ""],
        ["secret", secretsOf(one.state).filter((secret) => after.includes(secret) || told.includes(secret)).join(" ")],
      ];
      for (const [what, difference] of found) if (difference !== "") broken.push(`${what}, ${where}: ${difference}`);
      const refused = tryAgain(state, twin, former, dice);
      refusals += refused.count;
      broken.push(...refused.broken.map((line) => `refusal, ${where}: ${line}`));
      before = after;
    } else before = undefined;
    state = one.state;
  }
  return { broken: [...broken, ...ending(state, seed)], looked, refusals, modes: [...modes] };
}

/** Created and joined; accounts and invite carry a mark of their own. */
function begin(seed: string, number: number): WorldState {
  const characters = standardParty(6, number).map((one): Character => ({ ...one, account: ACCOUNT }));
  const options = { turnClock: "normal", difficulty: number % 2 === 0 ? "hard" : "normal" } as const;
  const opening: readonly Command["intent"][] = [
    { type: "CreateWorld", world: WORLD, name: "Leak", seed, seedHash: "h", invite: INVITE, options },
    { type: "JoinGame", account: ACCOUNT, name: "Ada", seat: SEAT, characters },
  ];
  return opening.reduce((state, intent, i) => {
    const outcome = step(state, { by: { type: "system" }, at: AT, intent }, commandRng(seed, 1, i + 1));
    if (!outcome.ok) throw new Error(`The world did not begin: ${JSON.stringify(outcome.rejection)}`);
    return outcome.state;
  }, emptyState(WORLD));
}

/** Ids of groups, caches and commissions' goals, places never seen, foes not there yet: what no text may hold. */
function secretsOf(state: WorldState): readonly string[] {
  const levels = Object.values(state.levels);
  const waiting = Object.entries(state.battle?.on ?? {}).flatMap(([id, one]) => one.waiting ? [`"${id}"`] : []);
  const unseen = levels.filter((level) => Object.keys(state.known[level.id]?.cells ?? {}).length === 0);
  return [
    state.seed,
    INVITE,
    ACCOUNT,
    ...levels.flatMap((level) => [...Object.keys(level.groups), ...Object.keys(level.caches)].map((id) => `"${id}"`)),
    ...unseen.map((level) => JSON.stringify(level.name)),
    ...waiting,
  ];
}

/** A refusal has to be the same in both worlds, with its code and all it tells. */
function tryAgain(state: WorldState, twin: WorldState, former: readonly PlayerIntent[], dice: Dice) {
  const broken: string[] = [];
  let count = 0;
  const known = former.filter((one) => one !== undefined);
  for (let i = 0; i < TRIED_AGAIN && known.length > 0; i += 1) {
    const intent = dice.pick(known);
    const command: Command = { by: { type: "seat", seat: SEAT }, at: state.at, intent };
    const [one, two] = [
      step(state, command, commandRng(state.seed, 2, i)),
      step(twin, command, commandRng(state.seed, 2, i)),
    ];
    if (one.ok && two.ok) continue;
    count += 1;
    const [a, b] = [one, two].map((outcome) => outcome.ok ? "accepted" : JSON.stringify(outcome.rejection));
    if (a !== b) broken.push(`${JSON.stringify(intent)}: ${a} | ${b}`);
  }
  return { broken, count };
}

/** When the world ends its seed is shown, and nothing else that was secret. */
function ending(state: WorldState, seed: string): readonly string[] {
  const end: Command = { by: { type: "seat", seat: SEAT }, at: state.at, intent: { type: "EndWorld", name: "Leak" } };
  const ended = step(state, end, commandRng(seed, 3, 1));
  if (!ended.ok) return [`The world could not be ended: ${JSON.stringify(ended.rejection)}`];
  const last = shownView(ended.state) + shownEvents(ended.state, ended.events);
  const shown = secretsOf(ended.state).filter((secret) => last.includes(secret));
  return shown.length === 1 && shown[0] === seed ? [] : [`At the end these are shown: ${shown}`];
}

/** Where two long texts part, with what is around; empty: nowhere. */
function parting(a: string, b: string): string {
  if (a === b) return "";
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return `${a.slice(Math.max(0, at - 160), at + 60)} | ${b.slice(at, at + 60)}`;
}
