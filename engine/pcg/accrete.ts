/** The style `rooms`: a cyclic graph with locks, grown room by room into 16x16 thin-walled cells (game design 12.2, 4-5). */
import type { Dice, Rng } from "../core/rng.ts";
import type { Point } from "../types/ids.ts";
import type { Facing } from "../types/names.ts";
import { type Draft, type Lock } from "./draft.ts";
import { partition } from "./inner.ts";
import { closeLoops, type Hang, hangJoints } from "./joints.ts";
import { attach, type Attachment, Plot, type PlotRoom } from "./plot.ts";

/** Floor cells before the main lock and altogether. */
const FIRST_PART = { least: 92, most: 118 } as const;
const WHOLE = { least: 178, most: 206 } as const;

/** Why a draft came to nothing: no room was left for what it needs. */
export class NoRoom extends Error {
  override name = "NoRoom";
}

/** One draft, or NoRoom thrown when the ground ran out; the caller rolls again. */
export function accrete(rng: Rng, style: { readonly grown: boolean }): Draft {
  const dice = rng.fork("plan").dice();
  const plot = new Plot();
  const entry = placeEntry(dice, plot);
  const base = { grown: style.grown };
  const safe = growFirstPart(dice, plot, base, entry.at);
  const gate = must(attach(dice, plot, {
    ...base,
    piece: dice.weighted([["hall", 2], ["room", 3], ["corridor", 3]] as const),
    kind: "room",
    region: 1,
    on: (room) => room.region === 0 && room.index > 1,
    worth: (at) => 6 * apart(at, entry.at),
  }));
  const goal = growSecondPart(dice, plot, base, { gate, entry: entry.at });
  const vault = must(attach(dice, plot, {
    ...base,
    piece: "closet",
    kind: "vault",
    region: dice.int(0, 1),
    leaf: true,
    on: (room) => room.index > 1,
    worth: (at) => 2 * apart(at, entry.at),
  }));
  fillUp(dice, plot, base);
  nameKinds(dice, plot);
  const locked = new Set([gate.index, vault.index]);
  const hang: Hang = { locked, quiet: new Set([safe.index, vault.index, goal.index]), grown: style.grown };
  const joints = closeLoops(rng.fork("loops").dice(), plot, hangJoints(rng.fork("doors").dice(), plot, hang), hang);
  const rows = plot.rows();
  return {
    rows,
    rooms: plot.rooms.map(({ letter, kind, cells }) => ({ letter, kind, cells })),
    joints: joints.joints,
    inner: partition(rng.fork("inner").dice(), plot, joints.joints),
    entry,
    goal: goalCell(dice, goal, plot),
    locks: hideKeys(dice, plot, { gate, vault, entry: entry.at }),
    loops: joints.loops,
  };
}

type Base = Pick<Attachment, "grown">;

function must<T>(room: T | undefined): T {
  if (room === undefined) throw new NoRoom("Cannot go on as the next room must fit: no ground is left");
  return room;
}

const apart = (a: Point, b: Point) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

/** The entry hall stands at the rim; the party comes in there and looks inward. */
function placeEntry(dice: Dice, plot: Plot): { readonly at: Point; readonly facing: Facing } {
  const facing = dice.pick(["north", "east", "south", "west"] as const);
  const along = dice.int(2, 11);
  const wide = dice.int(2, 3);
  const deep = dice.int(2, 3);
  const middle = along + Math.floor(wide / 2);
  const place = (side: number, inward: number): Point => {
    if (facing === "north") return [side, 15 - inward];
    if (facing === "south") return [side, inward];
    return facing === "east" ? [inward, side] : [15 - inward, side];
  };
  const cells: Point[] = [];
  for (let side = 0; side < wide; side += 1) {
    for (let inward = 0; inward < deep; inward += 1) cells.push(place(along + side, inward));
  }
  plot.add({ cells, kind: "entry", region: 0 });
  return { at: place(middle, 0), facing };
}

/** A spine of corridor, then rooms and halls around it, a quiet closet among the first. */
function growFirstPart(dice: Dice, plot: Plot, base: Base, entry: Point): PlotRoom {
  const wanted = dice.int(FIRST_PART.least, FIRST_PART.most);
  const spine = { ...base, piece: "corridor", kind: "corridor", region: 0 } as const;
  must(attach(dice, plot, { ...spine, on: (room) => room.kind === "entry" }));
  if (dice.int(1, 3) > 1) attach(dice, plot, { ...spine, on: (room) => room.kind === "corridor" });
  for (let rooms = dice.int(2, 4); rooms > 0; rooms -= 1) grow(dice, plot, base, 0);
  const safe = must(attach(dice, plot, {
    ...base,
    piece: "closet",
    kind: "safe",
    region: 0,
    leaf: true,
    on: (room) => room.region === 0,
    worth: (at) => -3 * Math.abs(apart(at, entry) - 7),
  }));
  for (let tries = 0; plot.floor < wanted && tries < 40; tries += 1) grow(dice, plot, base, 0);
  if (plot.floor < FIRST_PART.least - 12) throw new NoRoom("Cannot go on as the first part must be large enough");
  return safe;
}

function grow(dice: Dice, plot: Plot, base: Base, region: number): PlotRoom | undefined {
  const piece = dice.weighted([["room", 9], ["hall", 5], ["corridor", 4], ["closet", 2]] as const);
  const kind = piece === "corridor" ? "corridor" : "room";
  const busy = new Map<number, number>();
  for (const { parent } of plot.hung) busy.set(parent, (busy.get(parent) ?? 0) + 1);
  return attach(dice, plot, {
    ...base,
    piece,
    kind,
    region,
    on: (room) => room.region === region && (room.kind === "corridor" || (busy.get(room.index) ?? 0) < 3),
  });
}

/** A few rooms behind the gate, the goal on one of them, then more around. */
function growSecondPart(
  dice: Dice,
  plot: Plot,
  base: Base,
  { gate, entry }: { readonly gate: PlotRoom; readonly entry: Point },
): PlotRoom {
  const wanted = Math.min(WHOLE.least - 20, plot.floor + dice.int(34, 52));
  let rooms = 0;
  for (let tries = 0; rooms < 2 && tries < 8; tries += 1) if (grow(dice, plot, base, gate.region)) rooms += 1;
  if (rooms === 0) throw new NoRoom("Cannot go on as the second part must have rooms");
  let goal: PlotRoom | undefined;
  for (const piece of [dice.pick(["hall", "room"] as const), "room", "closet"] as const) {
    goal ??= attach(dice, plot, {
      ...base,
      piece,
      kind: "goal",
      region: gate.region,
      leaf: true,
      on: (room) => room.region === gate.region && room.index !== gate.index,
      worth: (at) => 4 * apart(at, entry),
    });
  }
  for (let tries = 0; plot.floor < wanted && tries < 24; tries += 1) grow(dice, plot, base, gate.region);
  return must(goal);
}

/** Rooms wherever ground is left, the smaller the later. */
function fillUp(dice: Dice, plot: Plot, base: Base): void {
  const wanted = dice.int(WHOLE.least, WHOLE.most);
  for (let tries = 0; plot.floor < wanted && tries < 30; tries += 1) {
    const piece = tries < 12 ? dice.weighted([["room", 6], ["corridor", 2], ["hall", 1]] as const) : "closet";
    const region = dice.int(0, 1);
    attach(dice, plot, {
      ...base,
      piece,
      kind: piece === "corridor" ? "corridor" : "room",
      region,
      on: (room) => room.region === region && room.kind !== "entry",
    });
  }
}

/** Two or three roomy dead ends become lairs. */
function nameKinds(dice: Dice, plot: Plot): void {
  const busy = new Set(plot.hung.map((one) => one.parent));
  const ends = plot.rooms.filter((room) => room.kind === "room" && room.cells.length >= 6 && !busy.has(room.index));
  for (const room of dice.shuffle(ends).slice(0, dice.int(2, 3))) plot.setKind(room.index, "lair");
}

/** The cell of the goal farthest from its door. */
function goalCell(dice: Dice, goal: PlotRoom, plot: Plot): Point {
  const door = plot.hung.find((one) => one.child === goal.index)?.edge;
  const [x = 0, y = 0] = (door ?? "n0,0").slice(1).split(",").map(Number);
  const far = [...goal.cells].sort((a, b) => apart(b, [x, y]) - apart(a, [x, y]));
  return dice.pick(far.slice(0, 2));
}

/** Keys lie before their locks: the gate's in the first part, the vault's anywhere but behind itself. */
function hideKeys(
  dice: Dice,
  plot: Plot,
  marks: { readonly gate: PlotRoom; readonly vault: PlotRoom; readonly entry: Point },
): readonly Lock[] {
  const { gate, vault, entry } = marks;
  const worthy = plot.rooms.filter((room) => (room.kind === "room" || room.kind === "lair") && room.cells.length >= 4);
  const rank = (room: PlotRoom, from: Point) => {
    const middle = room.cells[Math.floor(room.cells.length / 2)] ?? from;
    return apart(middle, entry) + apart(middle, from) + (room.kind === "lair" ? 6 : 0);
  };
  const choose = (rooms: readonly PlotRoom[], from: PlotRoom): PlotRoom => {
    const at = from.cells[0] ?? entry;
    return dice.pick([...rooms].sort((a, b) => rank(b, at) - rank(a, at)).slice(0, 3));
  };
  const first = worthy.filter((room) => room.region === 0);
  if (first.length < 2) throw new NoRoom("Cannot hide keys as the first part must have two rooms");
  const gateKey = choose(first, gate);
  const vaultKey = choose(worthy.filter((room) => room.index !== gateKey.index && room.index !== gate.index), vault);
  const edgeTo = (room: PlotRoom) => must(plot.hung.find((one) => one.child === room.index)).edge;
  return [
    { edge: edgeTo(gate), behind: gate.letter, keyRoom: gateKey.letter },
    { edge: edgeTo(vault), behind: vault.letter, keyRoom: vaultKey.letter },
  ];
}
