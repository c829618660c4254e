import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { item, ITEMS, monster } from "../content/mod.ts";
import type { EffectRecord, Modifier } from "../types/content.ts";
import type { Character, ItemStack, Monster } from "../types/creature.ts";
import type { AccountId, CreatureId, EffectId, ItemId } from "../types/ids.ts";
import type { ClassId, Slot } from "../types/names.ts";
import { createCharacter } from "./create.ts";
import {
  armourClass,
  attackForms,
  checkBonus,
  initiativeBonus,
  isHampered,
  modifier,
  passivePerception,
  proficiencyBonus,
  saveBonus,
  speedOf,
  watchfulAgainst,
  xpForLevel,
} from "./mod.ts";

function bare(who: ClassId = "fighter", choices: Readonly<Record<string, string>> = {}): Character {
  const outcome = createCharacter({
    intent: { name: "Test", class: who, lineage: "human", background: "sellsword", method: "standard", choices },
    id: "c_test" as CreatureId,
    account: "a_test" as AccountId,
    rolls: [],
  });
  assert(outcome.ok);
  return { ...outcome.character, pack: [], worn: {} };
}

/** The same character with these things in these slots. */
function wearing(one: Character, things: readonly (readonly [kind: string, slot: Slot])[]): Character {
  const pack: ItemStack[] = [...one.pack];
  const worn: Partial<Record<Slot, readonly ItemId[]>> = { ...one.worn };
  for (const [kind, slot] of things) {
    const id = `i_${pack.length}` as ItemId;
    pack.push({ id, item: kind, count: 1 });
    worn[slot] = [...(worn[slot] ?? []), id];
  }
  return { ...one, pack, worn };
}

function holding(one: Character, kind: string, count: number): Character {
  return { ...one, pack: [...one.pack, { id: `i_${kind}` as ItemId, item: kind, count }] };
}

function under(one: Character, modifiers: readonly Modifier[]): Character {
  const record: EffectRecord = {
    kind: "statBoost",
    name: "Test",
    tags: [],
    modifiers,
    duration: 60,
    stackKey: "test",
    stackRule: "refresh",
    priority: 0,
    dispel: "magic",
  };
  const effect = { id: "e_1" as EffectId, record, source: "test", caster: null, dc: 0, startsAt: 0, endsAt: 60 };
  return { ...one, effects: [...one.effects, effect] };
}

const goblin: Monster = {
  type: "monster",
  id: "n_1" as CreatureId,
  name: "Goblin",
  hp: 7,
  maxHp: 7,
  tempHp: 0,
  life: "up",
  effects: [],
  slots: [],
  used: {},
  concentration: null,
  monster: "goblin",
  number: 1,
  leader: false,
};

Deno.test("modifier() is half of what a score is over ten, rounded down", () => {
  assertEquals([1, 8, 9, 10, 11, 15, 20].map(modifier), [-5, -1, -1, 0, 0, 2, 5]);
});

Deno.test("xpForLevel() and proficiencyBonus() never fall", () => {
  for (let level = 2; level <= 20; level++) {
    assert(xpForLevel(level) > xpForLevel(level - 1));
    assert(proficiencyBonus(level) >= proficiencyBonus(level - 1));
  }
  assertEquals([2, 3, 4, 5, 10].map(xpForLevel), [300, 900, 2700, 6500, 64000]);
});

Deno.test("armourClass() is higher in better armour of the same class, whatever the DEX", () => {
  const suits = Object.values(ITEMS).filter((one) => one.armour);
  const suit = fc.constantFrom(...suits);
  fc.assert(fc.property(suit, suit, fc.integer({ min: 3, max: 20 }), (a, b, dex) => {
    if (!a.armour || !b.armour || a.armour.class !== b.armour.class) return;
    const one = { ...bare(), abilities: { ...bare().abilities, dex } };
    const with1 = armourClass(wearing(one, [[a.id, "chest"]]));
    const with2 = armourClass(wearing(one, [[b.id, "chest"]]));
    const worth = (record: typeof a) => (record.armour?.ac ?? 0) + (record.armour?.bonus ?? 0);
    assertEquals(Math.sign(with1 - with2), Math.sign(worth(a) - worth(b)));
    assert(armourClass(wearing(one, [[a.id, "chest"], ["shield", "weaponOff"]])) === with1 + 2);
  }));
});

Deno.test("mage armor is a base for the unarmoured and nothing over mail", () => {
  const spell: readonly Modifier[] = [{ stat: "ac", op: "set", value: 13 }];
  const dex = modifier(bare().abilities.dex);
  assertEquals(armourClass(under(bare(), spell)), 13 + dex);
  assertEquals(armourClass(under(wearing(bare(), [["chainMail", "chest"]]), spell)), 16);
});

Deno.test("a ring and a cloak of protection add up, and so does a spell", () => {
  const one = wearing(bare(), [["ringProtection", "rings"], ["cloakProtection", "neck"]]);
  assertEquals(armourClass(one), armourClass(bare()) + 2);
  assertEquals(saveBonus(one, "cha"), saveBonus(bare(), "cha") + 2);
  assertEquals(armourClass(under(one, [{ stat: "ac", op: "add", value: 5 }])), armourClass(bare()) + 7);
});

Deno.test("everything magic that can be worn changes a number the rules read", () => {
  for (const record of Object.values(ITEMS)) {
    if (!record.slot || !record.worn) continue;
    const plain = bare();
    const worn = wearing(plain, [[record.id, record.slot], ["dagger", "weaponMain"]]);
    const numbers = (one: Character) => [
      armourClass(one),
      speedOf(one),
      initiativeBonus(one),
      saveBonus(one, "wis"),
      attackForms(one)[0]?.toHit,
    ];
    assert(
      JSON.stringify(numbers(worn)) !== JSON.stringify(numbers(wearing(plain, [["dagger", "weaponMain"]]))),
      record.id,
    );
  }
});

Deno.test("heavy armour slows those too weak for it by ten feet, but no dwarf", () => {
  const weak = { ...bare(), abilities: { ...bare().abilities, str: 10 } };
  assertEquals(speedOf(wearing(weak, [["chainMail", "chest"]])), 20);
  assertEquals(speedOf(wearing(bare(), [["chainMail", "chest"]])), 30);
  assertEquals(speedOf(wearing({ ...weak, lineage: "dwarf" }, [["chainMail", "chest"]])), 25);
});

Deno.test("armour never learnt hampers its wearer", () => {
  assert(isHampered(wearing(bare("mage"), [["leather", "chest"]])));
  assert(!isHampered(wearing(bare("thief"), [["leather", "chest"]])));
});

Deno.test("a finesse weapon takes the better of STR and DEX, a bow DEX, a club STR", () => {
  const quick = { ...bare("thief"), abilities: { ...bare().abilities, str: 8, dex: 18 } };
  const hit = (kind: string) => attackForms(wearing(holding(quick, "arrow", 5), [[kind, "weaponMain"]]))[0]?.toHit;
  assertEquals(hit("rapier"), 4 + 2);
  assertEquals(hit("shortbow"), 4 + 2);
  assertEquals(hit("club"), -1 + 2);
  assertEquals(hit("greataxe"), -1);
});

Deno.test("+1 weapons are one better to hit and to hurt", () => {
  const plain = attackForms(wearing(bare(), [["longsword", "weaponMain"], ["shield", "weaponOff"]]))[0];
  const magic = attackForms(wearing(bare(), [["longswordPlus1", "weaponMain"], ["shield", "weaponOff"]]))[0];
  assertEquals(magic?.toHit, (plain?.toHit ?? 0) + 1);
  assertEquals(magic?.damage[0]?.bonus, (plain?.damage[0]?.bonus ?? 0) + 1);
});

Deno.test("a versatile weapon uses its larger die when the other hand is free", () => {
  const die = (things: readonly (readonly [string, Slot])[]) =>
    attackForms(wearing(bare(), things))[0]?.damage[0]?.dice;
  assertEquals(die([["longsword", "weaponMain"]]), "1d10");
  assertEquals(die([["longsword", "weaponMain"], ["shield", "weaponOff"]]), "1d8");
});

Deno.test("the second of two light weapons adds no ability to damage, unless the style was learnt", () => {
  const pair: readonly (readonly [string, Slot])[] = [["shortsword", "weaponMain"], ["shortsword", "weaponOff"]];
  const off = (one: Character) => attackForms(wearing(one, pair)).find((form) => form.offHand)?.damage[0]?.bonus;
  assertEquals(off(bare()), 0);
  assertEquals(off(bare("fighter", { fightingStyle: "twoWeapon" })), modifier(bare().abilities.str));
  const heavy = wearing(bare(), [["longsword", "weaponMain"], ["shortsword", "weaponOff"]]);
  assert(!attackForms(heavy).some((form) => form.offHand));
});

Deno.test("fighting styles change the numbers they promise", () => {
  const sword: readonly (readonly [string, Slot])[] = [["longsword", "weaponMain"], ["shield", "weaponOff"]];
  const hurt = (style: string) =>
    attackForms(wearing(bare("fighter", { fightingStyle: style }), sword))[0]?.damage[0]?.bonus;
  assertEquals(hurt("duelling"), (hurt("archery") ?? 0) + 2);
  const bow = (style: string) =>
    attackForms(wearing(holding(bare("fighter", { fightingStyle: style }), "arrow", 1), [["longbow", "weaponMain"]]))[0]
      ?.toHit;
  assertEquals(bow("archery"), (bow("duelling") ?? 0) + 2);
});

Deno.test("a bow without arrows is empty, javelins fly from the pack, and fists are always there", () => {
  const archer = wearing(bare(), [["longbow", "weaponMain"]]);
  assertEquals(attackForms(archer)[0]?.empty, true);
  const loaded = attackForms(holding(archer, "arrow", 3))[0];
  assertEquals(loaded?.ammunition, "i_arrow" as ItemId);
  const thrower = attackForms(holding(bare(), "javelin", 5));
  assertEquals(thrower.map((form) => form.id), ["i_javelin:thrown", "unarmed"]);
  assertEquals(thrower[0]?.range, item("javelin").weapon?.range);
});

Deno.test("a champion's critical hits begin at 19", () => {
  const champion = { ...bare(), features: ["champion"] };
  assert(attackForms(champion).every((form) => form.criticalOn === 19));
  assert(attackForms(bare()).every((form) => form.criticalOn === 20));
});

Deno.test("expertise doubles the proficiency of the two skills chosen", () => {
  const thief = bare("thief", { expertise1: "stealth", expertise2: "perception" });
  assertEquals(checkBonus(thief, "stealth"), modifier(thief.abilities.dex) + 4);
  assertEquals(passivePerception(thief), 10 + modifier(thief.abilities.wis) + 4);
  assertEquals(checkBonus(thief, "arcana"), modifier(thief.abilities.int));
});

Deno.test("passivePerception() of a keen nose is five higher than the record, others' are the record's", () => {
  const of = (kind: string) => passivePerception({ ...goblin, monster: kind });

  assertEquals(of("goblin"), monster("goblin").passivePerception);
  assertEquals(of("wolf"), monster("wolf").passivePerception + 5);
});

Deno.test("a monster's numbers are its record's", () => {
  assertEquals(armourClass(goblin), 15);
  assertEquals(speedOf(goblin), 30);
  assertEquals(checkBonus(goblin, "stealth"), 6);
  assertEquals(checkBonus(goblin, "athletics"), -1);
  assertEquals(saveBonus(goblin, "dex"), 2);
  assertEquals(attackForms(goblin).map((form) => form.melee), [true, false]);
});

Deno.test("a ranger is harder to surprise by its favoured enemy", () => {
  const ranger = bare("ranger", { favouredEnemy: "undead" });
  assertEquals(watchfulAgainst(ranger, ["skeleton"]), passivePerception(ranger) + 5);
  assertEquals(watchfulAgainst(ranger, ["goblin"]), passivePerception(ranger));
});

Deno.test("a modifier bound to a skill counts for that skill alone", () => {
  const one = under(bare(), [{ stat: "check", op: "add", value: 10, only: "stealth" }]);
  assertEquals(checkBonus(one, "stealth"), checkBonus(bare(), "stealth") + 10);
  assertEquals(checkBonus(one, "acrobatics"), checkBonus(bare(), "acrobatics"));
  const weak = under(bare(), [{ stat: "check", op: "add", value: -1, only: "str" }]);
  assertEquals(checkBonus(weak, "athletics"), checkBonus(bare(), "athletics") - 1);
});

Deno.test("a hallowed weapon strikes truer and counts as magic", () => {
  const hallowed = under(wearing(bare(), [["longsword", "weaponMain"]]), [
    { stat: "attack", op: "add", value: 2, only: "weapon" },
  ]);
  const plain = wearing(bare(), [["longsword", "weaponMain"]]);
  assertEquals(attackForms(hallowed)[0]?.toHit, (attackForms(plain)[0]?.toHit ?? 0) + 2);
  assertEquals(attackForms(hallowed)[0]?.damage[0]?.magical, true);
  assertEquals(attackForms(plain)[0]?.damage[0]?.magical, undefined);
});
