/** Random and spoilt calls and frames, thousands at a time, each against its promises. */
import { hashOf, type HashValue } from "../../engine/view/hash.ts";
import { chanceOf, playEvening } from "../contract/evening.ts";
import type { Guest } from "../contract/house.ts";
import { layTable, type Table } from "../contract/table.ts";
import { openDoors } from "./doors.ts";
import { makeInput } from "./inputs.ts";
import { judge } from "./judge.ts";

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  /** Only this block of inputs, as a failure names it. */
  readonly block?: number;
  /** Only every `of`-th block, from this one on. */
  readonly part?: { readonly index: number; readonly of: number };
}

export interface FuzzReport {
  readonly inputs: number;
  /** How often each code was answered; `ok` for results. */
  readonly codes: Readonly<Record<string, number>>;
  /** One line for each broken promise. */
  readonly faults: readonly string[];
}

/** Inputs to one table; the next block has a table of its own, at another moment of its evening. */
const BLOCK = 5_000;
/** The view is looked at anew, and compared, once in so many inputs. */
const LOOK = 100;
const MOST_FAULTS = 20;
/** What may become part of a path. */
const SAFE_NAME = /^$|^[A-Za-z0-9_-]+(\.goldbox)?$/;
/** Above what laying the table and its evening have used in the first lane. */
const FIRST_CSEQ = 400;

export async function fuzz({ count, seed, block, part }: FuzzOptions): Promise<FuzzReport> {
  const codes: Record<string, number> = {};
  const faults: string[] = [];
  let inputs = 0;
  const all = block === undefined ? Array.from({ length: Math.ceil(count / BLOCK) }, (_, i) => i) : [block];
  const blocks = part === undefined ? all : all.filter((one) => one % part.of === part.index);
  for (const one of blocks) {
    const size = Math.min(BLOCK, block === undefined ? count - one * BLOCK : BLOCK);
    await runBlock(seed, one, size, codes, faults);
    inputs += size;
    if (faults.length >= MOST_FAULTS) break;
  }
  return { inputs, codes, faults };
}

async function runBlock(seed: number, block: number, size: number, codes: Record<string, number>, faults: string[]) {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) + block);
  const doors = openDoors(seed + block);
  const { house } = doors;
  let table = await layTable(house);
  // Half of the tables are met at once, the others somewhere in their evening.
  await playEvening(table, { commands: block % 2 === 0 ? 0 : 60 + (block % 7) * 20, chance, nonsense: 0 });
  const numbers = new Map<string, number>();
  const next = ({ token }: Guest, lane: number) => {
    const number = (numbers.get(`${token}/${lane}`) ?? (lane === 0 ? FIRST_CSEQ : 0)) + 1;
    numbers.set(`${token}/${lane}`, number);
    return number;
  };
  const note = (what: string, body: unknown) => {
    faults.push(`${what}: deno task fuzz --seed ${seed} --block ${block} (${String(body).slice(0, 300)})`);
  };
  let view = await table.view();
  let hash = await stateHash(table);
  let before = doors.stored();
  for (let i = 0; i < size && faults.length < MOST_FAULTS; i += 1) {
    const input = makeInput({ table, view, chance, next });
    const guest = [table.leader, table.member, table.stranger].find(({ token }) =>
      input.headers["authorization"] === `Bearer ${token}`
    ) ?? table.leader;
    const stored = doors.stored();
    const said = await doors.say(input, guest);
    const verdict = judge(input, said);
    for (const name of doors.operated()) {
      if (!input.operator) {
        note("without the operator's token a call reached the operator's tools", input.body);
      }
      if (!SAFE_NAME.test(name)) {
        note(`the operator's tools were given the name ${JSON.stringify(name)}`, input.body);
      }
    }
    for (const code of verdict.codes) {
      codes[code] = (codes[code] ?? 0) + 1;
    }
    for (const fault of verdict.faults) {
      note(fault, input.body);
    }
    if (verdict.refused && !said.waited && doors.stored() !== stored) {
      note(
        "a refused call stored something",
        input.body,
      );
    }
    if (i % LOOK !== LOOK - 1) {
      continue;
    }
    const now = await stateHash(table);
    if (now !== undefined) {
      view = await table.view();
    }
    if (now === undefined || Object.keys(view.characters).length === 0) {
      // All have left the table, or somebody has signed out, as they may.
      table = await layTable(house);
      numbers.clear();
      [view, hash, before] = [await table.view(), await stateHash(table), doors.stored()];
      continue;
    }
    if (doors.stored() === before && now !== hash) {
      note("the state is another though nothing was stored", "");
    }
    hash = now;
    before = doors.stored();
  }
  // A client may say that its view is another: that is logged and no fault of ours.
  for (const line of house.log.filter((one) => !one.startsWith("desync "))) note(`logged ${line.slice(0, 300)}`, "");
  for (const { labels, value } of (await house.metrics.undocumentedCodes.get()).values) {
    if (value > 0) note(`an undocumented code of ${labels.method}`, "");
  }
  await doors.close();
}

/** Hash of what the party may know; undefined: the leader cannot look any more. */
async function stateHash({ house, leader, member, world }: Table): Promise<string | undefined> {
  const caller = await house.host.authenticate(leader.token);
  if (caller === undefined || await house.host.authenticate(member.token) === undefined) return undefined;
  const shown = await house.host.view(caller, world as Parameters<typeof house.host.view>[1], "party");
  return shown.ok ? hashOf(shown.result.view as object as HashValue) : undefined;
}
