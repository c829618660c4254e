import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { c, fighter, n, parseScene, placeOf, playOn, type SceneOptions } from "../combat/_testing.ts";
import { findCreature } from "../core/fold.ts";
import { rngAt } from "../core/rng.ts";
import { TURNED } from "../magic/channel.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Character } from "../types/creature.ts";
import type { CreatureId, EdgeKey, EffectId } from "../types/ids.ts";
import { PERSONALITIES } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";
import { nextIntent } from "./next.ts";
import { PERSONALITY_WEIGHTS } from "./personalities.ts";

const A = c("a");
const B = c("b");
const G = n("g");

function dice(seed = "1") {
  return rngAt("00112233445566778899aabbccddeeff", seed).dice();
}

function think(state: WorldState, who: CreatureId, seed = "1"): PlayerIntent {
  return nextIntent(state, who, dice(seed));
}

/** The whole turn of one creature, act by act, as the battle drives it. */
function turnOf(
  state: WorldState,
  who: CreatureId,
): { readonly intents: readonly PlayerIntent[]; readonly state: WorldState } {
  const play = playOn(state);
  const intents: PlayerIntent[] = [];
  for (let act = 0; act < 16 && play.state.battle?.turn === who; act++) {
    const intent = nextIntent(play.state, who, play.dice("ai"));
    intents.push(intent);
    if (intent.type === "EndTurn") break;
    assertEquals(play.perform(intent), undefined, JSON.stringify(intent));
  }
  return { intents, state: play.state };
}

function types(state: WorldState, who: CreatureId): readonly string[] {
  return turnOf(state, who).intents.map((intent) => intent.type);
}

function healer(change: Partial<Character> = {}): Character {
  return fighter(A, {
    classes: [{ id: "cleric", level: 3 }],
    abilities: { str: 10, dex: 10, con: 12, int: 10, wis: 16, cha: 10 },
    slots: [4, 2],
    cantrips: ["sacredFlame"],
    prepared: ["cureWounds", "healingWord", "bless"],
    ...change,
  });
}

function fallen(state: WorldState, id: CreatureId): WorldState {
  const one = state.characters[id];
  return one ? { ...state, characters: { ...state.characters, [id]: { ...one, hp: 0, life: "dying" } } } : state;
}

Deno.test("every personality has its weights", () => {
  assertEquals(Object.keys(PERSONALITY_WEIGHTS).sort(), [...PERSONALITIES].sort());
});

Deno.test("nextIntent() strikes a foe it stands beside", () => {
  const state = parseScene(["A.", "g."], { party: { A: fighter(A) }, foes: { g: "orc" }, order: "gA" });

  assertEquals(think(state, G).type, "Attack");
});

Deno.test("nextIntent() walks up to a foe and strikes", () => {
  const state = parseScene(["g......A"], { party: { A: fighter(A) }, foes: { g: "orc" }, order: "gA" });

  const [first, second] = types(state, G);

  assertEquals([first, second], ["MoveInBattle", "Attack"]);
});

Deno.test("nextIntent() goes round walls to get there", () => {
  const state = parseScene(["g.#.A", "..#..", "....."], {
    party: { A: fighter(A) },
    foes: { g: "zombie" },
    order: "gA",
  });
  const start = state.battle?.on[G]?.at;

  const turn = turnOf(state, G);

  assertEquals(turn.intents[0]?.type, "MoveInBattle");
  assert(placeOf(turn.state, G) !== start);
});

Deno.test("nextIntent() opens a door that is in the way, when it is bright enough", () => {
  const scene = parseScene(["####", "g+.A", "####"], { party: { A: fighter(A) }, foes: { g: "goblin" }, order: "gA" });
  const edge = "w1,0" as EdgeKey;
  const level = Object.values(scene.levels)[0];
  assert(level && scene.battle);
  const door = { kind: "wood", pass: 1, open: false, dc: 10 } as const;
  const state: WorldState = {
    ...scene,
    levels: { [level.id]: { ...level, doors: { [edge]: door } } },
    battle: { ...scene.battle, field: { ...scene.battle.field, edges: { "1,1": edge } } },
  };

  assertEquals(types(state, G)[0], "OpenDoor");
});

Deno.test("a pack rounds on the wounded, the mindless go for the nearest", () => {
  const weak = fighter(B, { hp: 1 });
  const options: SceneOptions = { party: { A: fighter(A), B: weak }, order: "gAB" };
  const wolf = parseScene(["A.", "g.", "B."], { ...options, foes: { g: "hobgoblin" } });
  const dull = parseScene(["A...", "g...", "....", "..B."], { ...options, foes: { g: "zombie" } });

  const struck = think(wolf, G);
  const nearest = think(dull, G);

  assert(struck.type === "Attack" && struck.target === B);
  assert(nearest.type === "Attack" && nearest.target === A);
});

Deno.test("Quick brings the dying round, with a spell or with a bandage", () => {
  const scene = parseScene(["AB...g"], { party: { A: healer(), B: fighter(B) }, foes: { g: "goblin" } });
  const healed = turnOf(fallen(scene, B), A);
  assertEquals(findCreature(healed.state, B)?.life, "up");

  const plain = parseScene(["AB....g"], { party: { A: fighter(A), B: fighter(B) }, foes: { g: "orc" } });
  assert(types(fallen(plain, B), A).includes("Bandage"));
});

Deno.test("Quick keeps its slots while the party is well", () => {
  const mage = fighter(A, {
    classes: [{ id: "mage", level: 1 }],
    abilities: { str: 8, dex: 14, con: 12, int: 16, wis: 10, cha: 10 },
    slots: [2],
    cantrips: ["fireBolt"],
    prepared: ["magicMissile", "sleep"],
    worn: {},
  });
  const scene = parseScene(["A......g"], { party: { A: mage, B: fighter(B) }, foes: { g: "goblin" }, order: "Ag" });

  const turn = turnOf(scene, A);

  assert(turn.intents.some((intent) => intent.type === "CastSpell" && intent.spell === "fireBolt"));
  assertEquals(findCreature(turn.state, A)?.slots, [2]);
});

Deno.test("Quick does not burn its friends", () => {
  const mage = fighter(A, {
    classes: [{ id: "mage", level: 3 }],
    slots: [4, 2],
    prepared: ["burningHands"],
    worn: {},
    hp: 3,
  });
  const scene = parseScene(["ABg...", "......"], {
    party: { A: mage, B: fighter(B, { hp: 3 }) },
    foes: { g: "goblin" },
  });

  const turn = turnOf(scene, A);

  assertEquals(findCreature(turn.state, B)?.hp, 3);
});

Deno.test("a monster with spells uses them", () => {
  const scene = parseScene(["a.........A", "..........."], {
    party: { A: fighter(A) },
    foes: { a: "acolyte" },
    order: "aA",
  });

  assert(turnOf(scene, n("a")).intents.some((intent) => intent.type === "CastSpell"));
});

Deno.test("the turned run from who turned them and strike nobody", () => {
  const scene = parseScene([".......", "..zA...", "......."], {
    party: { A: fighter(A) },
    foes: { z: "zombie" },
    order: "zA",
  });
  const battle = scene.battle;
  const zombie = battle?.monsters[n("z")];
  assert(battle && zombie);
  const effect = {
    id: "e_1" as EffectId,
    record: TURNED,
    source: "turnUndead",
    caster: A,
    dc: 12,
    startsAt: 0,
    endsAt: 99_999,
  };
  const state = { ...scene, battle: { ...battle, monsters: { [n("z")]: { ...zombie, effects: [effect] } } } };

  const turn = turnOf(state, n("z"));

  assert(!turn.intents.some((intent) => intent.type === "Attack"));
  const from = battle.on[n("z")]?.at ?? [0, 0];
  const to = placeOf(turn.state, n("z")) ?? from;
  assert(Math.abs(to[0] - 3) >= Math.abs(from[0] - 3));
});

Deno.test("nobody walks off the field who does not flee", () => {
  const scene = parseScene([">>>>", ">A.>", ">..>", ">>>>"], {
    party: { A: fighter(A, { quick: true }) },
    foes: { g: "ogre" },
    order: "A",
  });

  const turn = turnOf(scene, A);

  assertEquals(findCreature(turn.state, A)?.life, "up");
});

Deno.test("nextIntent() gives the same answer to the same state, and ends the turn of who cannot act", () => {
  const scene = parseScene(["g..A", "o..B"], {
    party: { A: fighter(A), B: fighter(B) },
    foes: { g: "goblin", o: "orc" },
    order: "gAoB",
  });

  assertEquals(think(scene, G, "7"), think(scene, G, "7"));
  assertEquals(think(scene, A).type, "EndTurn");
  assertEquals(think(fallen(scene, A), A).type, "EndTurn");
});

const KINDS = [
  "goblin",
  "wolf",
  "skeleton",
  "zombie",
  "orc",
  "ogre",
  "acolyte",
  "scout",
  "cultFanatic",
  "giantSpider",
] as const;

Deno.test("every intent of the AI is legal, whatever the field and the company", () => {
  const tile = fc.constantFrom<string>(".", ".", ".", ".", ":", "#", "~");
  const rows = fc.array(fc.array(tile, { minLength: 9, maxLength: 9 }), { minLength: 6, maxLength: 6 });
  const party = fc.constantFrom(healer(), fighter(A), fighter(A, { hp: 2 }));
  const company = fc.tuple(
    fc.constantFrom(...KINDS),
    fc.constantFrom(...KINDS),
    party,
    fc.integer({ min: 0, max: 999 }),
  );
  fc.assert(
    fc.property(rows, company, (tiles, [first, second, hero, seed]) => {
      const at = (x: number, y: number, letter: string) => {
        const row = tiles[y];
        if (row) row[x] = letter;
      };
      at(0, 0, "A");
      at(1, 2, "B");
      at(8, 1, "g");
      at(6, 4, "h");
      const drawn = tiles.map((row) => row.join(""));
      const foes = { g: first === "ogre" ? "orc" : first, h: second === "ogre" ? "orc" : second };
      for (const order of ["ABgh", "BAgh", "gABh", "hgAB"]) {
        const state = parseScene(drawn, { party: { A: hero, B: fighter(B) }, foes, order });
        const turn = state.battle?.turn;
        if (turn) turnOf(seed % 2 === 0 ? state : fallen(state, B), turn);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("an aggressive brute far off charges", () => {
  const row = `g${".".repeat(20)}A`;
  const scene = parseScene([row], { party: { A: fighter(A) }, foes: { g: "orc" }, order: "gA" });

  assert(turnOf(scene, G).intents.some((intent) => intent.type === "UseFeature" && intent.feature === "aggressive"));
});

Deno.test("Quick strikes at a giant instead of cowering", () => {
  const scene = parseScene(["A..", "B..", "...", ".o."], {
    party: { A: fighter(A), B: fighter(B) },
    foes: { o: "ogre" },
  });

  assert(turnOf(scene, A).intents.some((intent) => intent.type === "Attack"));
});

Deno.test("Quick walks over to a dying friend", () => {
  const scene = parseScene(["A...B..........z"], { party: { A: fighter(A), B: fighter(B) }, foes: { z: "zombie" } });

  assertEquals(types(fallen(scene, B), A).slice(0, 2), ["MoveInBattle", "Bandage"]);
});
