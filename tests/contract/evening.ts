/**
 * A restless evening through the doors: what is legal is done, new things first, and in between both players ask for
 * whatever a command can be filled with. The commission gets paid in the end.
 */
import { z } from "zod";
import type { PlayerIntent } from "../../engine/types/command.ts";
import type { PartyView } from "../../engine/types/view.ts";
import { METHODS } from "../../routes/rpc/registry.ts";
import type { Method } from "../../routes/rpc/method.ts";
import type { JsonRecord } from "../kit/client.ts";
import { wireCall } from "../kit/intents.ts";
import { candidates } from "./candidates.ts";
import type { Guest, Reply } from "./house.ts";
import { recordOf, resultOf, type Table } from "./table.ts";

export type Chance = () => number;

/** What an evening does with its time: asks for anything, tries everything once, or goes for the commission. */
export interface EveningOptions {
  readonly commands: number;
  readonly chance: Chance;
  /** Share of commands that are asked for without looking at what is legal. */
  readonly nonsense: number;
  readonly until?: () => boolean;
  readonly watch?: (method: string, reply: Reply, legal: boolean) => void;
}

const WEIGHTS: Readonly<Partial<Record<PlayerIntent["type"], number>>> = {
  Travel: 40,
  Interact: 30,
  Step: 10,
  CompleteQuest: 400,
  StartQuest: 60,
  LevelUp: 200,
  ChooseEncounter: 30,
  StartCombat: 30,
  Attack: 40,
  MoveInBattle: 20,
  EndTurn: 12,
  React: 40,
  FinishLoot: 10,
  BreakCamp: 10,
  Rest: 12,
  SpendHitDice: 10,
};
/** Would end the evening, or hand it to the AI. */
const NEVER: ReadonlySet<string> = new Set(["LeaveGame", "GiveLead", "Say", "Quick"]);
const NOT_ASKED: ReadonlySet<string> = new Set([
  "world.create",
  "joinGame",
  "leaveGame",
  "world.end",
  "giveLead",
  "quick",
  "character.roll",
  "createCharacter",
]);
const ASKED = METHODS.filter(({ kind, name }) => kind === "command" && !NOT_ASKED.has(name));

export async function playEvening(table: Table, options: EveningOptions): Promise<void> {
  const { house, leader, member, world } = table;
  const { chance, watch } = options;
  for (let count = 0; count < options.commands && options.until?.() !== true; count++) {
    const view = await table.view();
    if (await serverActs(table, view)) continue;
    const guest = chance() < 0.6 ? leader : member;
    if (chance() < options.nonsense) {
      const method = pick(ASKED, chance);
      const params = fill(method, candidates(table, view, guest, chance), chance);
      const reply = await guest.command(method.name, world, params);
      watch?.(method.name, reply, false);
      continue;
    }
    const listed = resultOf(await guest.call("getOptions", { world }))["options"];
    const legal = (Array.isArray(listed) ? listed : []).map((option) => recordOf(option)["intent"] as PlayerIntent)
      .filter(({ type }) => !NEVER.has(type));
    if (legal.length === 0) {
      house.clock.advance();
      await settle();
      continue;
    }
    const { method, params } = wireCall(choose(legal, house.ledger.succeeded, chance));
    const reply = await guest.command(method, world, params);
    watch?.(method, reply, true);
  }
}

/** Lets the server's own turns happen; true when it had one. */
async function serverActs({ house, characters }: Table, view: PartyView): Promise<boolean> {
  const { combat } = view;
  if (combat === null) return false;
  const waitsFor = combat.prompt?.creature ?? combat.turn ?? "";
  if (characters.some((own) => own.includes(waitsFor)) && view.characters[waitsFor]?.life === "up") return false;
  house.clock.advance();
  await settle();
  return true;
}

/** Two tasks: what a timer submitted is decided and stored, then published. */
async function settle(): Promise<void> {
  for (let task = 0; task < 2; task++) await new Promise((resolve) => setTimeout(resolve));
}

/** New things first; else a kind by weight, then one of that kind. */
function choose(legal: readonly PlayerIntent[], done: ReadonlySet<string>, chance: Chance): PlayerIntent {
  const fresh = legal.filter((intent) => !done.has(wireCall(intent).method));
  if (fresh.length > 0 && chance() < 0.7) return pick(fresh, chance);
  const kinds = [...new Set(legal.map(({ type }) => type))];
  const total = kinds.reduce((sum, kind) => sum + (WEIGHTS[kind] ?? 1), 0);
  let at = chance() * total;
  const kind = kinds.find((one) => (at -= WEIGHTS[one] ?? 1) < 0);
  return pick(legal.filter(({ type }) => type === kind), chance);
}

/** Params for a command: its required members, some of the others, each from what could stand there. */
export function fill(method: Method, values: JsonRecord, chance: Chance): JsonRecord {
  const params: Record<string, unknown> = {};
  const shape: Readonly<Record<string, z.core.$ZodType>> = method.params.shape;
  for (const [name, schema] of Object.entries(shape)) {
    if (["world", "cseq", "lane", "epoch", "expectSeq"].includes(name)) continue;
    const optional = z.safeParse(schema, undefined).success || schema instanceof z.ZodExactOptional;
    const value = values[`${method.name}.${name}`] ?? values[name];
    if (value !== undefined && (!optional || chance() < 0.6)) params[name] = value;
  }
  if (method.name !== "move") return params;
  return "combat" in values ? { character: values["character"], path: values["path"] } : { step: "forward" };
}

export function pick<T>(list: readonly T[], chance: Chance): T {
  const one = list[Math.floor(chance() * list.length)];
  if (one === undefined) throw new RangeError("Cannot pick as there must be something to pick from");
  return one;
}

/** A seeded chance for tests (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type { Guest };
