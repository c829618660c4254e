/** What is done to a store's files: cut short or a bit flipped, at a place that is drawn from a seed. */
import type { Dice } from "../../../engine/core/rng.ts";
import { FILES } from "./files.ts";
import { frameStart, type Wal } from "./wal.ts";

/** Which copy of the store is damaged (see `files.ts`). */
export const BASES = ["live", "checkpointed", "stopped"] as const;
export type Base = typeof BASES[number];

export type Damage =
  & { readonly base: Base; readonly file: "wal" | "store"; readonly offset: number }
  & ({ readonly type: "cut" } | { readonly type: "flip"; readonly bit: number });

export function show(damage: Damage): string {
  const { base, file, offset } = damage;
  return damage.type === "cut" ? `${base}/${file}/cut/${offset}` : `${base}/${file}/flip/${offset}/${damage.bit}`;
}

/** What {@link show} printed. */
export function parse(text: string): Damage {
  const [base, file, type, offset, bit] = text.split("/");
  const known = BASES.find((one) => one === base);
  if (known === undefined || (file !== "wal" && file !== "store")) {
    throw new RangeError(`Cannot read the damage ${text}`);
  }
  const place = { base: known, file, offset: Number(offset) } as const;
  return type === "cut" ? { ...place, type } : { ...place, type: "flip", bit: Number(bit) };
}

/** Does it to the files in a directory. */
export async function apply(directory: string, damage: Damage): Promise<void> {
  const path = `${directory}/${damage.file === "wal" ? FILES.wal : FILES.store}`;
  if (damage.type === "cut") return await Deno.truncate(path, damage.offset);
  using file = await Deno.open(path, { read: true, write: true });
  const byte = new Uint8Array(1);
  await file.seek(damage.offset, Deno.SeekMode.Start);
  await file.read(byte);
  byte[0] = (byte[0] ?? 0) ^ (1 << damage.bit);
  await file.seek(damage.offset, Deno.SeekMode.Start);
  await file.write(byte);
}

/** The WAL cut at the edge of every `every`-th frame. */
export function edgeCuts(base: Base, wal: Wal, every: number): readonly Damage[] {
  const cuts: Damage[] = [];
  for (let i = 0; frameStart(wal, i) <= wal.bytes; i += every) {
    cuts.push({ base, file: "wal", type: "cut", offset: frameStart(wal, i) });
  }
  return cuts;
}

/** Cut anywhere or a bit flipped anywhere in the WAL; one in ten behind its last commit, where an older generation lies. */
export function walDamage(base: Base, wal: Wal, dice: Dice): Damage {
  const end = dice.int(1, 10) === 1 ? wal.bytes : frameStart(wal, wal.committed);
  const offset = dice.int(0, Math.max(0, end - 1));
  if (dice.int(0, 1) === 0) return { base, file: "wal", type: "cut", offset };
  return { base, file: "wal", type: "flip", offset, bit: dice.int(0, 7) };
}

/** A bit flipped in the main file: half of them anywhere, half of them where pages, rows and keys are described. */
export function storeFlip(base: Base, store: Uint8Array, dice: Dice): Damage {
  const anywhere = dice.int(0, 1) === 0;
  const offset = anywhere ? dice.int(0, store.length - 1) : structure(store, dice);
  return { base, file: "store", type: "flip", offset, bit: dice.int(0, 7) };
}

/** Page types of SQLite's b-trees (https://sqlite.org/fileformat.html, 1.6) and how long their header is. */
const HEADERS: ReadonlyMap<number, number> = new Map([[2, 12], [5, 12], [10, 8], [13, 8]]);
const PAGE = 4_096;
/** A row's sizes and its key are within this many bytes of its beginning. */
const ROW_HEAD = 90;

/** An offset in the header, the list of rows or the beginning of a row of some page. */
function structure(store: Uint8Array, dice: Dice): number {
  const view = new DataView(store.buffer, store.byteOffset, store.byteLength);
  for (let tries = 0; tries < 100; tries += 1) {
    const page = dice.int(0, Math.floor(store.length / PAGE) - 1) * PAGE;
    const at = page === 0 ? 100 : page;
    const header = HEADERS.get(store[at] ?? 0);
    const rows = view.getUint16(at + 3);
    if (header === undefined || rows === 0 || rows > PAGE / 4) continue;
    const kind = dice.int(0, 3);
    if (kind === 0) return at + dice.int(0, header - 1);
    const pointer = at + header + 2 * dice.int(0, rows - 1);
    if (kind === 1) return pointer + dice.int(0, 1);
    return Math.min(page + view.getUint16(pointer) + dice.int(0, ROW_HEAD), page + PAGE - 1);
  }
  return dice.int(0, store.length - 1);
}
