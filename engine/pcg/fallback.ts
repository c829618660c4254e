/** The known-good level of the style `rooms`: a ring of corridor with halls inside and out, one locked goal and one locked vault. */
import type { Draft, DraftRoom, Joint } from "./draft.ts";
import { roomCells } from "./draft.ts";

const ROWS = [
  "ccccddddddd#eeee",
  "ccccddddddd#eeee",
  "ccccddddddd#eeee",
  "ccccddddddd#eeee",
  "hhhhhhhhhhhhhhhh",
  "h#fffff#ggggg##h",
  "h#fffff#ggggg##h",
  "h#fffff#ggggg##h",
  "h##fffffggggg##h",
  "hhhhhhhhhhhhhhhh",
  "bbbbiiii#jjjjkkk",
  "bbbbiiii#jjjjkkk",
  "bbbb##aaaa##jkkk",
  "bbbb##aaaa####kk",
  "##llllaaaa####kk",
  "##llll##########",
] as const;

const KINDS: Readonly<Record<string, DraftRoom["kind"]>> = {
  a: "entry",
  e: "goal",
  h: "corridor",
  k: "vault",
  l: "safe",
  c: "lair",
};

const JOINTS: readonly Joint[] = [
  { edge: "n6,12", kind: "arch", pass: 1 },
  { edge: "n5,10", kind: "wood", pass: 1 },
  { edge: "n1,10", kind: "wood", pass: 1 },
  { edge: "w6,14", kind: "wood", pass: 1 },
  { edge: "n10,10", kind: "wood", pass: 1 },
  { edge: "w13,10", kind: "iron", pass: 2 },
  { edge: "n4,9", kind: "arch", pass: 1 },
  { edge: "w8,8", kind: "wood", pass: 1 },
  { edge: "n9,5", kind: "wood", pass: 1 },
  { edge: "n1,4", kind: "wood", pass: 1 },
  { edge: "n7,4", kind: "wood", pass: 1 },
  { edge: "w4,1", kind: "arch", pass: 1 },
  { edge: "n13,4", kind: "iron", pass: 2 },
];

/** Always valid; a test proves it for every theme and depth. */
export function fallbackDraft(): Draft {
  return {
    rows: ROWS,
    rooms: [...roomCells(ROWS)].map(([letter, cells]) => ({ letter, kind: KINDS[letter] ?? "room", cells })),
    joints: JOINTS,
    inner: [],
    entry: { at: [7, 14], facing: "north" },
    goal: [14, 0],
    locks: [
      { edge: "n13,4", behind: "e", keyRoom: "d" },
      { edge: "w13,10", behind: "k", keyRoom: "c" },
    ],
    loops: 3,
  };
}
