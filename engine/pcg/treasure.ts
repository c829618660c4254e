/** Treasure by budget: coins with those who carry coins, chests where rooms end, the best behind locks (game design 12.2, 7). */
import { item, ITEMS, monster } from "../content/mod.ts";
import type { Dice, Rng } from "../core/rng.ts";
import type { Cache, CellFeature, Group, Level } from "../types/area.ts";
import type { ItemRecord } from "../types/content.ts";
import type { ItemStack } from "../types/creature.ts";
import type { CacheId, CellKey, EdgeKey, GroupId, Point } from "../types/ids.ts";
import { cellKey, samePoint } from "../world/geometry.ts";
import { cacheId, itemId } from "../world/ids.ts";
import { treasureFor } from "./budget.ts";
import { cellIndex, type Draft, type DraftRoom, passages, stepsFrom } from "./draft.ts";
import { expand, freshName, type Grammar } from "./grammar.ts";
import type { Filling, PlacedKey } from "./populate.ts";

export interface TreasureInput {
  readonly filling: Filling;
  readonly groups: readonly Group[];
  readonly keys: ReadonlyMap<EdgeKey, PlacedKey>;
  readonly grammar: Grammar;
}

export interface Treasure {
  readonly groups: Level["groups"];
  readonly caches: Level["caches"];
  readonly features: Readonly<Record<CellKey, CellFeature>>;
}

/** Percent of the budget that lies on the level; the rest is paid by commissions. */
const LYING = 92;
/** Percent of it in things rather than coins. */
const THINGS = 40;
/** Drop table of tier 1 (game design 12.3). */
const RARITIES = [["common", 70], ["uncommon", 26], ["rare", 4]] as const;
/** Nothing worth less than this is treasure. */
const LEAST_PRICE = 1_000;

interface Heap {
  readonly at: Point;
  readonly heldBy?: GroupId;
  readonly share: number;
  coins: number;
  items: ItemStack[];
}

/** Everything that lies or is carried on a level. */
export function placeTreasure(rng: Rng, draft: Draft, input: TreasureInput): Treasure {
  const dice = rng.dice();
  const xp = input.groups.reduce((sum, group) => sum + group.xp, 0);
  const total = Math.floor((treasureFor(xp) * LYING) / 100);
  const heaps = chooseHeaps(dice, draft, input);
  let number = 0;
  const stack = (record: string, count = 1): ItemStack => {
    number += 1;
    return { id: itemId(`i_${input.filling.id}_${number}`), item: record, count };
  };
  const worth = placeThings(dice, heaps, { budget: Math.floor((total * THINGS) / 100), stack }) +
    supply(heaps, stack);
  shareCoins(heaps, Math.max(0, total - worth));
  placePlot(dice, draft, heaps, input);
  return store(draft, heaps, input);
}

/** Where treasure is: one chest behind each lock and at the last goal, one by the way in, and what the groups guard or carry. */
function chooseHeaps(dice: Dice, draft: Draft, input: TreasureInput): Heap[] {
  const steps = stepsFrom(passages(draft), cellIndex(draft.entry.at));
  const used: Point[] = [draft.entry.at, draft.goal];
  const heaps: Heap[] = [];
  const lay = (room: DraftRoom, share: number) => {
    const free = room.cells.filter((at) => !used.some((one) => samePoint(one, at)));
    if (free.length === 0) return;
    const at = deepest(dice, free, steps);
    used.push(at);
    heaps.push({ at, share, coins: 0, items: [] });
  };
  const near = nearest(draft.rooms.filter((room) => room.kind === "room" || room.kind === "corridor"), steps);
  if (near) lay(near, 1);
  for (const room of draft.rooms) if (room.kind === "vault") lay(room, 12);
  if (!input.filling.down) heaps.push({ at: draft.goal, share: 14, coins: 0, items: [] });
  for (const group of input.groups) {
    const room = draft.rooms.find((one) => one.cells.some((at) => samePoint(at, group.at)));
    const carries = group.monsters.some(({ monster: kind }) => monster(kind).loot !== "none");
    const share = Math.max(1, Math.floor(group.xp / 60));
    if (carries || !room) heaps.push({ at: group.at, heldBy: group.id, share, coins: 0, items: [] });
    else if (dice.int(1, 2) === 1 || group.boss || group.pattern === "guard") lay(room, share);
  }
  return heaps;
}

function nearest(rooms: readonly DraftRoom[], steps: Int16Array): DraftRoom | undefined {
  const far = (room: DraftRoom) => Math.min(...room.cells.map((at) => steps[cellIndex(at)] ?? 999));
  return rooms.reduce<DraftRoom | undefined>((a, b) => (a && far(a) <= far(b) ? a : b), undefined);
}

/** One of the three cells farthest from the entry. */
function deepest(dice: Dice, cells: readonly Point[], steps: Int16Array): Point {
  const far = (at: Point) => steps[cellIndex(at)] ?? 0;
  return dice.pick([...cells].sort((a, b) => far(b) - far(a) || cellIndex(a) - cellIndex(b)).slice(0, 3));
}

type MakeStack = (record: string, count?: number) => ItemStack;

/** Torches, bread and a draught by the way in: nobody should be stuck in the dark on the first day. */
function supply(heaps: Heap[], stack: MakeStack): number {
  const first = heaps[0];
  if (!first) return 0;
  first.items.push(stack("torch", 4), stack("ration", 4), stack("potionHealing", 1));
  return 4 * item("torch").price + 4 * item("ration").price + item("potionHealing").price;
}

/** One showpiece in the best heap, then draws by rarity while the budget lasts. Returns the value laid. */
function placeThings(
  dice: Dice,
  heaps: Heap[],
  { budget, stack }: { readonly budget: number; readonly stack: MakeStack },
): number {
  const ranked = [...heaps].sort((a, b) => b.share - a.share || cellIndex(a.at) - cellIndex(b.at));
  let left = budget;
  const show = stock((one) => one.rarity === "uncommon" && isGear(one) && one.price <= (budget * 115) / 100);
  if (show.length > 0 && ranked[0]) {
    const piece = dice.pick(show);
    ranked[0].items.push(stack(piece.id));
    left -= piece.price;
  }
  for (let draw = 0; draw < 24 && left >= LEAST_PRICE; draw += 1) {
    const rarity = dice.weighted(RARITIES);
    const able = stock((one) => one.rarity === rarity && one.price <= left && one.price >= LEAST_PRICE);
    if (able.length === 0) continue;
    const kinds = dice.weighted([["potion", 5], ["treasure", 4], ["gear", 3], ["rest", 2]] as const);
    const sorted = able.filter((one) => kindOf(one) === kinds);
    const piece = dice.pick(sorted.length > 0 ? sorted : able);
    const heap = dice.weighted(heaps.map((one) => [one, one.share] as const));
    addStack(heap, piece, stack);
    left -= piece.price;
  }
  return budget - left;
}

function stock(fits: (one: ItemRecord) => boolean): readonly ItemRecord[] {
  return Object.values(ITEMS).filter((one) => one.kind !== "key" && one.id !== "oldRelic" && fits(one));
}

function isGear(one: ItemRecord): boolean {
  return one.slot !== undefined || one.kind === "weapon" || one.kind === "shield" || one.kind === "armour";
}

function kindOf(one: ItemRecord): "potion" | "treasure" | "gear" | "rest" {
  if (one.kind === "potion") return "potion";
  if (one.kind === "treasure") return "treasure";
  return isGear(one) ? "gear" : "rest";
}

function addStack(heap: Heap, piece: ItemRecord, stack: MakeStack): void {
  const same = heap.items.findIndex((one) => one.item === piece.id && one.count < piece.stack);
  const old = heap.items[same];
  if (old) heap.items[same] = { ...old, count: old.count + 1 };
  else {heap.items.push(
      piece.use?.charges === undefined ? stack(piece.id) : { ...stack(piece.id), charges: piece.use.charges },
    );}
}

function shareCoins(heaps: Heap[], coins: number): void {
  const shares = heaps.reduce((sum, heap) => sum + heap.share, 0);
  let left = coins;
  for (const heap of heaps) {
    heap.coins = Math.floor((coins * heap.share) / shares);
    left -= heap.coins;
  }
  const last = heaps.at(-1);
  if (last) last.coins += left;
}

/** Keys with who guards them, and the relic in the innermost heap. */
function placePlot(dice: Dice, draft: Draft, heaps: Heap[], input: TreasureInput): void {
  for (const { stack, room: letter } of input.keys.values()) {
    const room = draft.rooms.find((one) => one.letter === letter);
    const inRoom = (heap: Heap) => room?.cells.some((at) => samePoint(at, heap.at)) ?? false;
    let heap = heaps.find((one) => one.heldBy !== undefined && inRoom(one)) ?? heaps.find(inRoom);
    if (!heap) {
      const at = dice.pick(room?.cells.filter((one) => !samePoint(one, draft.entry.at)) ?? [draft.goal]);
      heap = { at, share: 0, coins: 0, items: [] };
      heaps.push(heap);
    }
    heap.items.push({ ...stack, count: 1, plot: true });
  }
  if (!input.filling.relic) return;
  const vault = draft.rooms.find((room) => room.kind === "vault");
  const heap = heaps.find((one) => one.heldBy === undefined && vault?.cells.some((at) => samePoint(at, one.at))) ??
    heaps.find((one) => samePoint(one.at, draft.goal)) ?? heaps[0];
  const name = freshName(() => expand(dice, input.grammar, "{relic}"), input.filling.taken);
  heap?.items.push({ id: itemId("i_relic"), item: "oldRelic", count: 1, name, plot: true });
}

function store(draft: Draft, heaps: readonly Heap[], input: TreasureInput): Treasure {
  const caches: Record<CacheId, Cache> = {};
  const features: Record<CellKey, CellFeature> = {};
  const groups: Record<GroupId, Group> = {};
  for (const group of input.groups) groups[group.id] = group;
  heaps.forEach((heap, index) => {
    if (heap.coins === 0 && heap.items.length === 0) return;
    const id = cacheId(`k_${input.filling.id}_${index + 1}`);
    caches[id] = {
      id,
      at: heap.at,
      coins: heap.coins,
      items: heap.items,
      taken: false,
      ...(heap.heldBy === undefined ? {} : { heldBy: heap.heldBy }),
    };
    const holder = heap.heldBy === undefined ? undefined : groups[heap.heldBy];
    if (holder) groups[holder.id] = { ...holder, cache: id };
    else if (!samePoint(heap.at, draft.goal) || !input.filling.down) {
      features[cellKey(heap.at)] = { type: "cache", cache: id };
    }
  });
  return { groups, caches, features };
}
