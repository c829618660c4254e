import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { classOf, item, lineage } from "../content/mod.ts";
import { rngAt } from "../core/rng.ts";
import type { Character } from "../types/creature.ts";
import type { AccountId, CreatureId } from "../types/ids.ts";
import {
  ABILITIES,
  type Ability,
  BACKGROUNDS,
  CLASSES,
  CREATION_METHODS,
  LINEAGES,
  type Scores,
} from "../types/names.ts";
import { createCharacter, type CreationIntent } from "./create.ts";
import { pointCost, POINTS, rollScores } from "./methods.ts";
import {
  armourClass,
  attackForms,
  castingOf,
  grow,
  isProficient,
  levelOf,
  maxSlots,
  modifier,
  preparedMax,
  spellDc,
} from "./mod.ts";
import { allWorn } from "./worn.ts";

const id = "c_test" as CreatureId;
const account = "a_test" as AccountId;
const SCORES: Scores = { str: 15, dex: 14, con: 13, int: 12, wis: 10, cha: 8 };
const ROLLS = [[18, 15, 12, 11, 9, 6]];

function create(change: Partial<CreationIntent> = {}) {
  return createCharacter({
    intent: {
      name: "Ilse",
      class: "fighter",
      lineage: "human",
      background: "sellsword",
      method: "standard",
      ...change,
    },
    id,
    account,
    rolls: ROLLS,
  });
}

function made(change: Partial<CreationIntent> = {}): Character {
  const outcome = create(change);
  assert(outcome.ok, JSON.stringify(outcome));
  return outcome.character;
}

function refused(change: Partial<CreationIntent>): string {
  const outcome = create(change);
  assert(!outcome.ok);
  return outcome.rejection.code;
}

const anyClass = fc.constantFrom(...CLASSES);
const anyLineage = fc.constantFrom(...LINEAGES);
const anyMethod = fc.constantFrom(...CREATION_METHODS);
const anyBackground = fc.constantFrom(...BACKGROUNDS);

Deno.test("rollScores() gives six scores of 3 to 18, highest first, and the same ones for the same place", () => {
  fc.assert(fc.property(fc.nat(), (n) => {
    const seed = n.toString(16).padStart(32, "0");
    const scores = rollScores(rngAt(seed, "rolls/0"));
    assertEquals(scores.length, 6);
    assert(scores.every((one) => Number.isInteger(one) && one >= 3 && one <= 18));
    assertEquals([...scores].sort((a, b) => b - a), [...scores]);
    assertEquals(rollScores(rngAt(seed, "rolls/0")), scores);
  }));
});

Deno.test("pointCost() takes 27 points for 15 15 15 8 8 8, and sells nothing under 8 or over 15", () => {
  assertEquals(pointCost({ str: 15, dex: 15, con: 15, int: 8, wis: 8, cha: 8 }), POINTS);
  assertEquals(pointCost({ ...SCORES, str: 16 }), undefined);
  assertEquals(pointCost({ ...SCORES, cha: 7 }), undefined);
});

Deno.test("createCharacter() accepts bought scores exactly when they cost 27 points or less", () => {
  const score = fc.integer({ min: 6, max: 17 });
  const six = fc.record({ str: score, dex: score, con: score, int: score, wis: score, cha: score });
  fc.assert(fc.property(six, (scores) => {
    const cost = pointCost(scores);
    assertEquals(create({ method: "pointbuy", scores }).ok, cost !== undefined && cost <= POINTS);
  }));
});

Deno.test("createCharacter() makes every class of every lineage by every method", () => {
  fc.assert(fc.property(anyClass, anyLineage, anyBackground, anyMethod, (who, lineage, background, method) => {
    const one = made({ class: who, lineage, background, method, ...(method === "pointbuy" ? { scores: SCORES } : {}) });
    assertEquals(levelOf(one), 1);
    assert(one.hp >= 1 && one.hp === one.maxHp);
    assert(ABILITIES.every((ability) => one.abilities[ability] >= 3 && one.abilities[ability] <= 20));
    assertEquals(one.slots, maxSlots(one));
    assertEquals(new Set(one.skills).size, one.skills.length);
    assert(one.skills.length >= classOf(who).skills.choose + 2);
    for (const { record } of allWorn(one)) assert(isProficient(one, record), `${who} cannot use ${record.id}`);
    assertEquals(new Set(one.pack.map((stack) => stack.id)).size, one.pack.length);
  }));
});

Deno.test("createCharacter() puts the highest value on the first ability named, before lineage", () => {
  const assign: readonly Ability[] = ["cha", "wis", "int", "con", "dex", "str"];
  const one = made({ lineage: "dwarf", assign });
  assertEquals(one.abilities, { cha: 15, wis: 14 + 1, int: 13, con: 12 + 2, dex: 10, str: 8 });
  const rolled = made({ lineage: "elf", method: "roll", assign });
  assertEquals(rolled.abilities, { cha: 18, wis: 15, int: 12 + 1, con: 11, dex: 9 + 2, str: 6 });
});

Deno.test("createCharacter() gives first-level hit points: hit die and CON, never below one", () => {
  for (const who of CLASSES) {
    const one = made({ class: who });
    assertEquals(one.maxHp, classOf(who).hitDie + modifier(one.abilities.con));
  }
  assertEquals(made({ class: "mage", lineage: "dwarf" }).maxHp, 6 + modifier(13 + 2) + 1);
});

Deno.test("createCharacter() refuses what is not to be had, and says which", () => {
  assertEquals(refused({ name: "" }), "character/bad_name");
  assertEquals(refused({ name: "x".repeat(25) }), "character/bad_name");
  assertEquals(refused({ name: "<b>" }), "character/bad_name");
  assertEquals(refused({ assign: ["str", "str", "dex", "con", "int", "wis"] }), "character/bad_scores");
  assertEquals(refused({ method: "pointbuy" }), "character/bad_scores");
  assertEquals(refused({ method: "roll", set: 4 }), "character/no_rolls");
  assertEquals(refused({ skills: ["arcana"] }), "character/bad_choice");
  assertEquals(refused({ choices: { fightingStyle: "juggling" } }), "character/bad_choice");
  assertEquals(refused({ choices: { colour: "red" } }), "character/bad_choice");
  assertEquals(refused({ class: "mage", spells: ["cureWounds"] }), "character/bad_choice");
  assertEquals(refused({ class: "mage", spells: ["noSuchSpell"] }), "character/bad_choice");
});

Deno.test("createCharacter() accepts names of any script with hyphen and apostrophe", () => {
  for (const name of ["Þóra", "Jean-Luc", "D'Arnou", "王小明", "Ann 2"]) assertEquals(made({ name }).name, name);
});

Deno.test("a mage writes six spells, prepares INT and level of them, and knows three cantrips", () => {
  const one = made({ class: "mage", spells: ["rayOfFrost", "sleep", "grease"] });
  assertEquals(one.spells.length, 6);
  assert(one.spells.includes("grease") && one.cantrips.includes("rayOfFrost"));
  assertEquals(one.cantrips.length, 3);
  assertEquals(one.prepared.length, preparedMax(one));
  assert(one.prepared.includes("sleep") && one.prepared.includes("grease"));
  assertEquals(spellDc(one), 8 + 2 + modifier(one.abilities.int));
});

Deno.test("a cleric has its domain's prayers beside those it prepares", () => {
  const one = made({ class: "cleric" });
  assertEquals(one.prepared.slice(0, 2), ["bless", "cureWounds"]);
  assertEquals(one.prepared.length, 2 + preparedMax(one));
});

Deno.test("an elf knows a cantrip by birth", () => {
  assertEquals(made({ lineage: "elf" }).cantrips, ["fireBolt"]);
  assertEquals(made({ lineage: "elf", class: "mage" }).cantrips.length, 4);
});

Deno.test("no level ever takes hit points away", () => {
  fc.assert(fc.property(anyClass, anyLineage, fc.constantFrom("average", "roll"), fc.nat(), (who, lineage, hp, n) => {
    let one = made({ class: who, lineage, assign: ["str", "dex", "int", "wis", "cha", "con"], method: "roll" });
    for (let level = 2; level <= 3; level++) {
      const rng = rngAt(n.toString(16).padStart(32, "0"), `level/${level}`);
      const grown = grow(one, { hp }, () => rng.dice());
      assert(!("code" in grown));
      assert(grown.hp >= 1 && grown.sheet.maxHp === one.maxHp + grown.hp);
      one = grown.sheet;
      assertEquals(levelOf(one), level);
      assertEquals(one.hitDice, level);
      assertEquals(one.slots, maxSlots(one));
      const own = castingOf(one);
      if (own) assert(one.prepared.length >= 1 && one.prepared.every((spell) => one.spells.includes(spell)));
    }
    for (const feature of classOf(who).features.flat()) assert(one.features.includes(feature));
  }));
});

Deno.test("grow() takes the average it was promised, and refuses a choice the class does not have", () => {
  const one = made({ class: "paladin" });
  const dice = () => rngAt("0".repeat(32), "x").dice();
  const grown = grow(one, { hp: "average", choices: { fightingStyle: "defence" } }, dice);
  assert(!("code" in grown));
  assertEquals(grown.hp, 6 + modifier(one.abilities.con));
  assertEquals(grown.sheet.choices["fightingStyle"], "defence");
  assert("code" in grow(one, { hp: "average", choices: { fightingStyle: "archery" } }, dice));
  assert("code" in grow(made({ class: "mage" }), { hp: "average", spells: ["bless"] }, dice));
});

Deno.test("a mage's book grows by two spells a level, chosen ones first", () => {
  const dice = () => rngAt("0".repeat(32), "x").dice();
  const one = made({ class: "mage" });
  const grown = grow(one, { hp: "average", spells: ["longstrider"] }, dice);
  assert(!("code" in grown));
  assertEquals(grown.sheet.spells.length, 8);
  assert(grown.sheet.spells.includes("longstrider"));
  assert(one.spells.every((known) => grown.sheet.spells.includes(known)));
});

Deno.test("slots spent stay spent when a level is gained", () => {
  const dice = () => rngAt("0".repeat(32), "x").dice();
  const tired = { ...made({ class: "cleric" }), slots: [0] };
  const grown = grow(tired, { hp: "average" }, dice);
  assert(!("code" in grown));
  assertEquals(grown.sheet.slots, [1]);
});

Deno.test("every class strikes with what its kit puts in its hands", () => {
  for (const who of CLASSES) {
    const forms = attackForms(made({ class: who }));
    assert(forms.some((form) => form.melee && form.item && form.proficient), who);
    assertEquals(forms.at(-1)?.id, "unarmed");
  }
});

Deno.test("a fighter in chain with a shield has armour class 18", () => {
  assertEquals(armourClass(made()), 16 + 2);
  assertEquals(armourClass(made({ choices: { fightingStyle: "defence" } })), 16 + 2 + 1);
  assertEquals(lineage("human").speed, 30);
  assertEquals(item("chainMail").armour?.ac, 16);
});
