import { assert, assertEquals } from "@std/assert";
import { ask, c, fighter, parseScene } from "../combat/_testing.ts";
import { SPELLS } from "../content/mod.ts";
import { due } from "../due.ts";
import { legalCommands } from "../legal.ts";
import { rngAt } from "../core/rng.ts";
import { findCreature } from "../core/fold.ts";
import type { Character } from "../types/creature.ts";
import type { ClassId } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";

const SEED = "00112233445566778899aabbccddeeff";

function hero(letter: string, as: ClassId, features: readonly string[]): Character {
  const spells = Object.values(SPELLS).filter((spell) => spell.classes.includes(as));
  return fighter(c(letter), {
    classes: [{ id: as, level: 3 }],
    slots: [4, 2],
    hp: 24,
    maxHp: 24,
    abilities: { str: 14, dex: 14, con: 12, int: 16, wis: 16, cha: 14 },
    features,
    worn: {},
    cantrips: spells.filter((spell) => spell.level === 0).map((spell) => spell.id),
    prepared: spells.filter((spell) => spell.level > 0).map((spell) => spell.id),
  });
}

/** What must hold about magic between any two commands. */
function checkMagic(state: WorldState): void {
  const all = [...Object.values(state.characters), ...Object.values(state.battle?.monsters ?? {})];
  for (const one of all) {
    assert(one.hp >= 0 && one.hp <= one.maxHp && one.tempHp >= 0);
    for (const effect of one.effects) {
      if (!effect.record.concentration || effect.caster === null) continue;
      assertEquals(
        findCreature(state, effect.caster)?.concentration,
        effect.id,
        `${effect.record.name} outlives its caster`,
      );
    }
    if (one.concentration === null) continue;
    const held = all.some((other) => other.effects.some((effect) => effect.id === one.concentration)) ||
      state.battle?.clouds[one.concentration] !== undefined || state.battle === null;
    assert(held, `${one.id} concentrates on nothing`);
    assert(one.life === "up");
  }
  for (const cloud of Object.values(state.battle?.clouds ?? {})) {
    if (cloud.concentration) assertEquals(findCreature(state, cloud.caster)?.concentration, cloud.id);
  }
}

function brawl(): WorldState {
  return parseScene([
    "..............",
    "..M.....g..o..",
    ".P.C....z.....",
    "......#.......",
    "..........a...",
  ], {
    party: {
      M: hero("m", "mage", ["sculptSpells"]),
      C: hero("c", "cleric", ["channelDivinity", "turnUndead", "discipleOfLife"]),
      P: hero("p", "paladin", ["layOnHands", "divineSmite", "secondWind", "cunningAction"]),
    },
    foes: { g: "goblin", z: "zombie", o: "ogre", a: "cultFanatic" },
  });
}

Deno.test("a player who picks at random among the legal acts never meets a refusal, and magic stays whole", () => {
  for (let game = 0; game < 8; game++) {
    const dice = rngAt(SEED, `random/${game}`).dice();
    let state = brawl();
    for (let step = 0; step < 120 && state.battle; step++) {
      const who = state.battle.prompt?.creature ?? state.battle.turn;
      const timer = due(state);
      const options = legalCommands(state, who).filter((one) => one.type !== "Quick");
      const player = state.characters[who] !== undefined && options.length > 0;
      const intent = player ? dice.pick(options) : timer?.intent;
      assert(intent, "somebody must be able to go on");
      const tried = ask(state, intent, { seed: `${game}/${step}`, at: Math.max(state.at, timer?.at ?? 0) });
      assertEquals(tried.rejection, undefined, JSON.stringify(intent));
      state = tried.state;
      checkMagic(state);
    }
  }
});
