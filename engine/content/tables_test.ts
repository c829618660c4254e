import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseDice } from "../core/rng.ts";
import {
  CREATURE_TYPES,
  EFFECT_TAGS,
  type EffectRecord,
  FEATURES,
  type ItemRecord,
  type MonsterRecord,
  type SpellOperation,
  type SpellRecord,
  TRAITS,
} from "../types/content.ts";
import {
  BACKGROUNDS,
  CLASSES,
  CONDITIONS,
  DAMAGE_TYPES,
  EFFECT_KINDS,
  LINEAGES,
  SOURCES,
  STACK_RULES,
  STATS,
  THEMES,
} from "../types/names.ts";
import {
  background,
  BACKGROUND_TABLE,
  CLASS_TABLE,
  classOf,
  item,
  ITEMS,
  lineage,
  LINEAGE_TABLE,
  monster,
  MONSTERS,
  spell,
  SPELLS,
} from "./mod.ts";

const monsters: readonly MonsterRecord[] = Object.values(MONSTERS);
const spells: readonly SpellRecord[] = Object.values(SPELLS);
const items: readonly ItemRecord[] = Object.values(ITEMS);
const all = [
  ...monsters,
  ...spells,
  ...items,
  ...Object.values(CLASS_TABLE),
  ...Object.values(LINEAGE_TABLE),
  ...Object.values(BACKGROUND_TABLE),
];

function oneOf<T extends string>(list: readonly T[], value: string, where: string): void {
  assert(list.some((one) => one === value), `${where}: ${value} is not one of the closed list`);
}

function checkDice(notation: string, where: string): void {
  const { count, sides } = parseDice(notation);
  assert(count >= 0 && count <= 20 && sides >= 1 && sides <= 20, `${where}: ${notation}`);
}

function checkEffect(effect: EffectRecord, where: string): void {
  oneOf(EFFECT_KINDS, effect.kind, where);
  oneOf(STACK_RULES, effect.stackRule, where);
  for (const tag of effect.tags) oneOf(EFFECT_TAGS, tag, where);
  if (effect.condition) oneOf(CONDITIONS, effect.condition, where);
  if (effect.dice) {
    checkDice(effect.dice, where);
    assert(effect.tick !== undefined, `${where}: dice without a tick`);
  }
  for (const change of effect.modifiers ?? []) {
    oneOf(STATS, change.stat, where);
    assert(Number.isInteger(change.value), where);
    if (change.dice) checkDice(change.dice, where);
  }
  assert(effect.name.length > 0 && effect.stackKey.length > 0, where);
}

function checkOperation(operation: SpellOperation, where: string): void {
  switch (operation.type) {
    case "damage":
    case "darts":
      checkDice(operation.dice, where);
      oneOf(DAMAGE_TYPES, operation.damageType, where);
      if (operation.type === "damage" && operation.perSlot) checkDice(operation.perSlot, where);
      return;
    case "heal":
    case "sleep":
      checkDice(operation.dice, where);
      if (operation.perSlot) checkDice(operation.perSlot, where);
      return;
    case "tempHp":
      checkDice(operation.dice, where);
      return;
    case "effect":
    case "cloud":
      checkEffect(operation.effect, where);
      return;
    case "stabilise":
    case "light":
    case "knock":
    case "teleport":
    case "push":
    case "cure":
    case "reveal":
      return;
  }
}

Deno.test("content has at least the breadth of the first release", () => {
  assert(monsters.length >= 20);
  assert(spells.length >= 24);
  assert(items.filter((one) => one.weapon && !one.weapon.bonus).length >= 16);
  assert(items.filter((one) => one.armour && !one.armour.bonus).length >= 8);
  assertEquals(Object.keys(CLASS_TABLE).sort(), [...CLASSES].sort());
  assertEquals(Object.keys(LINEAGE_TABLE).sort(), [...LINEAGES].sort());
  assertEquals(Object.keys(BACKGROUND_TABLE).sort(), [...BACKGROUNDS].sort());
});

Deno.test("every record has a name, a short text of its own and a source", () => {
  for (const one of all) {
    assert(one.name.length > 0 && one.name.length <= 40, one.id);
    assert(one.text.length > 10 && one.text.length <= 240, `${one.id}: text of ${one.text.length} characters`);
    oneOf(SOURCES, one.source, one.id);
    assert(/^[a-z][A-Za-z0-9]*$/.test(one.id), one.id);
  }
});

Deno.test("ids and names are unique within a table, and no text is used twice", () => {
  for (const table of [monsters, spells, items]) {
    const ids = table.map((one) => one.id);
    assertEquals(new Set(ids).size, ids.length);
    const names = table.map((one) => one.name);
    assertEquals(new Set(names).size, names.length);
  }
  const texts = all.map((one) => one.text);
  assertEquals(new Set(texts).size, texts.length);
});

Deno.test("no record was lost to a doubled id when the tables were joined", async () => {
  const files = [...Deno.readDirSync(new URL(".", import.meta.url))].filter((one) => !one.name.endsWith("_test.ts"));
  const text = await Promise.all(files.map((one) => Deno.readTextFile(new URL(one.name, import.meta.url))));
  const written = text.join("\n").matchAll(/^ {4}id: "(\w+)",$/gm);
  const ids = [...written].map((match) => match[1]);
  for (const id of new Set(ids)) {
    const count = ids.filter((one) => one === id).length;
    const tables = [MONSTERS, SPELLS, ITEMS, CLASS_TABLE, LINEAGE_TABLE, BACKGROUND_TABLE];
    const held = tables.filter((table) => id !== undefined && Object.hasOwn(table, id)).length;
    assertEquals(held, count, `${id} is written ${count} times and held ${held} times`);
  }
});

Deno.test("every icon is in the client's set and in the collection", async () => {
  const root = new URL("../../", import.meta.url);
  const read = async (path: string) => JSON.parse(await Deno.readTextFile(new URL(path, root)));
  const shipped: readonly string[] = await read("web/icons.json");
  const drawn: Readonly<Record<string, unknown>> =
    (await read("node_modules/@iconify-json/game-icons/icons.json")).icons;
  for (const one of all) {
    if (!("icon" in one)) continue;
    assert(Object.hasOwn(drawn, one.icon), `${one.id}: no icon ${one.icon}`);
    assert(shipped.includes(one.icon), `${one.id}: icon ${one.icon} is not in web/icons.json`);
  }
});

Deno.test("monsters have whole, consistent numbers", () => {
  const xpOf: Readonly<Record<number, number>> = { 0: 10, 1: 25, 2: 50, 4: 100, 8: 200, 16: 450 };
  for (const one of monsters) {
    const { count, sides, bonus } = parseDice(one.hp);
    const average = Math.floor((count * (sides + 1)) / 2 + bonus);
    assertEquals(one.hpAverage, Math.max(1, average), `${one.id}: average hit points`);
    assertEquals(one.xp, xpOf[one.challenge], `${one.id}: XP by challenge`);
    for (const trait of one.traits) oneOf(TRAITS, trait, one.id);
    for (const theme of one.themes) oneOf(THEMES, theme, one.id);
    for (
      const type of [
        ...(one.resist ?? []),
        ...(one.resistMundane ?? []),
        ...(one.immune ?? []),
        ...(one.vulnerable ?? []),
      ]
    ) {
      oneOf(DAMAGE_TYPES, type, one.id);
    }
    for (const condition of one.conditionImmune ?? []) oneOf(CONDITIONS, condition, one.id);
    assertEquals(one.creatureType === "undead", one.traits.includes("undead"), `${one.id}: undead by type and trait`);
    assert(one.attacks.length > 0 && one.themes.length > 0, one.id);
    assert(one.speed % 5 === 0 && one.morale >= 0 && one.morale <= 100, one.id);
  }
});

Deno.test("a monster's attacks have dice, a place to reach, and riders the rules can run", () => {
  for (const one of monsters) {
    const ids = one.attacks.map((attack) => attack.id);
    assertEquals(new Set(ids).size, ids.length, one.id);
    for (const attack of one.attacks) {
      assert((attack.reach === undefined) !== (attack.range === undefined), `${one.id}: ${attack.id}`);
      for (const part of attack.damage) {
        checkDice(part.dice, one.id);
        oneOf(DAMAGE_TYPES, part.type, one.id);
      }
      if (attack.rider?.damage) checkDice(attack.rider.damage.dice, one.id);
      if (attack.rider?.effect) checkEffect(attack.rider.effect, one.id);
      if (attack.rider) assert(attack.rider.damage ?? attack.rider.effect, `${one.id}: empty rider`);
    }
    for (const id of one.multiattack ?? []) oneOf(ids, id, one.id);
    for (const [id, casts] of Object.entries(one.spells?.list ?? {})) {
      assert(spell(id).level > 0 || casts === 0, `${one.id}: ${id} is a cantrip, at will`);
    }
  }
});

Deno.test("spells name operations that run, classes that cast, and a way to pick targets", () => {
  for (const one of spells) {
    assert(one.operations.length > 0 && one.classes.length > 0, one.id);
    assert(one.inBattle || one.inPeace, `${one.id} can be cast nowhere`);
    for (const operation of one.operations) checkOperation(operation, one.id);
    for (const id of one.classes) assert(classOf(id).spellcasting, `${one.id}: ${id} casts nothing`);
    assertEquals(one.targets === "creatures", one.count !== undefined, `${one.id}: a count where there are several`);
    if (one.shape) assertEquals(one.targets, "point", one.id);
    for (const type of one.only ?? []) oneOf(CREATURE_TYPES, type, one.id);
    const held = one.operations.some((each) =>
      (each.type === "effect" && each.effect.concentration === true) || (each.type === "cloud" && each.concentration)
    );
    assertEquals(one.concentration, held, `${one.id}: concentration on the spell and on what it leaves`);
    if (one.cantripDice) assertEquals(one.level, 0, one.id);
  }
});

Deno.test("items keep to their kind", () => {
  for (const one of items) {
    assertEquals(one.kind === "weapon", one.weapon !== undefined, one.id);
    assertEquals(one.kind === "armour", one.armour !== undefined, one.id);
    assertEquals(one.kind === "shield", one.shield !== undefined, one.id);
    assertEquals(one.kind === "light", one.light !== undefined, one.id);
    assert(Number.isInteger(one.price) && Number.isInteger(one.weight) && one.stack >= 1, one.id);
    if (one.weapon) {
      checkDice(one.weapon.dice, one.id);
      if (one.weapon.ammunition) assertEquals(item(one.weapon.ammunition).kind, "ammunition", one.id);
      assertEquals(one.weapon.properties.includes("ammunition"), one.weapon.ammunition !== undefined, one.id);
      assertEquals(one.weapon.properties.includes("versatile"), one.weapon.versatile !== undefined, one.id);
      if (one.weapon.properties.includes("thrown") || one.weapon.ammunition) assert(one.weapon.range, one.id);
    }
    if (one.worn || one.wornResist) assert(one.slot, `${one.id} changes numbers but is worn nowhere`);
    for (const operation of one.use?.operations ?? []) checkOperation(operation, one.id);
  }
});

Deno.test("each class has its kit, its features and enough spells", () => {
  for (const id of CLASSES) {
    const record = classOf(id);
    for (const piece of record.kit) {
      const thing = item(piece.item);
      assert(piece.count <= thing.stack, `${id}: ${piece.item}`);
      if (piece.slot) assert(thing.slot, `${id}: ${piece.item} is worn`);
    }
    assertEquals(record.features.length, 3, id);
    for (const feature of record.features.flat()) oneOf(FEATURES, feature, id);
    assertEquals([...record.arrange].sort(), ["cha", "con", "dex", "int", "str", "wis"], id);
    assert(record.skills.choose <= record.skills.from.length, id);
    for (const skill of record.skills.usual) oneOf(record.skills.from, skill, id);
    for (const known of record.spellcasting?.startingSpells ?? []) {
      assert(spell(known).classes.includes(id), `${id}: ${known} is not its own`);
    }
    const slots = record.spellcasting?.slots[2] ?? [];
    for (let level = 1; level <= slots.length; level++) {
      const open = spells.filter((one) => one.level === level && one.classes.includes(id));
      assert(open.length >= 3, `${id}: only ${open.length} spells of level ${level}`);
    }
  }
});

Deno.test("lineages and backgrounds name things that exist", () => {
  for (const id of LINEAGES) {
    const record = lineage(id);
    for (const feature of record.features) oneOf(FEATURES, feature, id);
    for (const weapon of record.weapons ?? []) assertEquals(item(weapon).kind, "weapon");
    if (record.cantrip) assertEquals(spell(record.cantrip).level, 0);
  }
  for (const id of BACKGROUNDS) assert(item(background(id).item).name);
});

Deno.test("texts are free of names that belong to others", async () => {
  const list = await Deno.readTextFile(new URL("../../tools/banned_words.txt", import.meta.url));
  const names = list.split("\n").map((line) => line.trim().toLowerCase()).filter((line) =>
    line && !line.startsWith("#")
  );
  assert(names.length > 10);
  const text = all.map((one) => `${one.id} ${one.name} ${one.text}`).join("\n").toLowerCase();
  for (const name of names) assert(!new RegExp(`(?<![\\w])${RegExp.escape(name)}(?![\\w])`).test(text), name);
});

Deno.test("a look-up throws for an id no table knows, also for names every object has", () => {
  for (const id of ["noSuchThing", "constructor", "toString", "__proto__"]) {
    assertThrows(() => monster(id), RangeError);
    assertThrows(() => spell(id), RangeError);
    assertThrows(() => item(id), RangeError);
  }
});
