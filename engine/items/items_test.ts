import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ask, askUntil, c, eventsOf, fighter, n, parseScene, SEAT } from "../combat/_testing.ts";
import { item, ITEMS } from "../content/mod.ts";
import { saveOdds } from "../effects/mod.ts";
import { legalForSeat } from "../legal.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Character, ItemStack } from "../types/creature.ts";
import type { ItemId } from "../types/ids.ts";
import { SLOTS } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";

const f = c("f");
const m = c("m");
const id = (text: string) => text as ItemId;

function stack(kind: string, count = 1, name = kind): ItemStack {
  return { id: id(`i_${name}`), item: kind, count };
}

function hero(pack: readonly ItemStack[], change: Partial<Character> = {}): Character {
  return fighter(f, { pack, worn: {}, ...change });
}

/** A party of two in peace. */
function peace(
  pack: readonly ItemStack[],
  change: Partial<Character> = {},
  stash: readonly ItemStack[] = [],
): WorldState {
  const scene = parseScene(["fm"], { party: { f: hero(pack, change), m: fighter(m) } });
  return { ...scene, mode: "explore", battle: null, party: { ...scene.party, stash } };
}

function fight(pack: readonly ItemStack[], change: Partial<Character> = {}): WorldState {
  return parseScene(["f...g"], { party: { f: hero(pack, change) }, foes: { g: "thug" }, order: "fg" });
}

/** Everything in the world by kind: what no rule here may change by itself. */
function inventory(state: WorldState): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  const packs = Object.values(state.characters).flatMap((one) => one.pack);
  for (const one of [...packs, ...state.party.stash, ...Object.values(state.piles).flat()]) {
    sum[one.item] = (sum[one.item] ?? 0) + one.count;
  }
  return sum;
}

function wornItems(state: WorldState): readonly string[] {
  return Object.values(state.characters[f]?.worn ?? {}).flat();
}

Deno.test("EquipItem puts a thing on, and what was there comes off", () => {
  const state = peace([stack("longsword"), stack("mace")], { worn: { weaponMain: [id("i_longsword")] } });
  const after = ask(state, { type: "EquipItem", character: f, item: id("i_mace"), slot: "weaponMain" });
  assertEquals(after.rejection, undefined);
  assertEquals(wornItems(after.state), ["i_mace"]);
  assertEquals(inventory(after.state), inventory(state));
});

Deno.test("a two-handed weapon takes the shield off the arm, and no shield goes on beside it", () => {
  const state = peace([stack("greatsword"), stack("shield")], { worn: { weaponOff: [id("i_shield")] } });
  const drawn = ask(state, { type: "EquipItem", character: f, item: id("i_greatsword"), slot: "weaponMain" }).state;
  assertEquals(wornItems(drawn), ["i_greatsword"]);
  const refused = ask(drawn, { type: "EquipItem", character: f, item: id("i_shield"), slot: "weaponOff" });
  assertEquals(refused.rejection?.code, "item/no_hands");
});

Deno.test("EquipItem refuses what is not held, does not fit, or was never learnt", () => {
  const code = (pack: readonly ItemStack[], kind: string, slot: "chest" | "weaponMain" | "feet", change = {}) =>
    ask(peace(pack, change), { type: "EquipItem", character: f, item: id(`i_${kind}`), slot }).rejection?.code;
  assertEquals(code([], "mace", "weaponMain"), "item/not_yours");
  assertEquals(code([stack("mace")], "mace", "chest"), "item/wrong_slot");
  assertEquals(code([stack("torch")], "torch", "weaponMain"), "item/wrong_slot");
  const mage: Partial<Character> = { classes: [{ id: "mage", level: 1 }] };
  assertEquals(code([stack("plate")], "plate", "chest", mage), "item/not_proficient");
});

Deno.test("two rings are worn, and a third takes the first one's place", () => {
  const rings = ["a", "b", "d"].map((name) => stack("ringProtection", 1, name));
  const state = rings.reduce(
    (now, ring) => ask(now, { type: "EquipItem", character: f, item: ring.id, slot: "rings" }).state,
    peace(rings),
  );
  assertEquals(wornItems(state), ["i_b", "i_d"]);
});

Deno.test("in battle one weapon swap is free, a second is not, a shield costs the action, armour has to wait", () => {
  const state = fight([stack("longsword"), stack("mace"), stack("shield"), stack("leather")], {
    worn: { weaponMain: [id("i_longsword")] },
  });
  const swap = ask(state, { type: "EquipItem", character: f, item: id("i_mace"), slot: "weaponMain" });
  assertEquals(swap.rejection, undefined);
  assertEquals(swap.state.battle?.on[f]?.budget.freeHand, 0);
  const again = ask(swap.state, { type: "EquipItem", character: f, item: id("i_longsword"), slot: "weaponMain" });
  assertEquals(again.rejection?.code, "combat/already_acted");
  const shield = ask(swap.state, { type: "EquipItem", character: f, item: id("i_shield"), slot: "weaponOff" });
  assertEquals(shield.state.battle?.on[f]?.budget.action, 0);
  const armour = ask(state, { type: "EquipItem", character: f, item: id("i_leather"), slot: "chest" });
  assertEquals(armour.rejection?.code, "item/in_battle");
});

Deno.test("UnequipItem empties a slot, and says so when nothing is there", () => {
  const state = peace([stack("shield")], { worn: { weaponOff: [id("i_shield")] } });
  assertEquals(wornItems(ask(state, { type: "UnequipItem", character: f, slot: "weaponOff" }).state), []);
  const refused = ask(state, { type: "UnequipItem", character: f, slot: "feet" });
  assertEquals(refused.rejection?.code, "item/none_worn");
});

Deno.test("a part of a stack given away gets an id of its own, and joins its like", () => {
  const state = peace([stack("torch", 5)]);
  const given = ask(state, { type: "GiveItem", character: f, item: id("i_torch"), count: 2, to: "stash" }).state;
  assertEquals(given.party.stash.map((one) => [one.item, one.count]), [["torch", 2]]);
  assert(given.party.stash[0]?.id !== id("i_torch"));
  const more = ask(given, { type: "GiveItem", character: f, item: id("i_torch"), count: 3, to: "stash" }).state;
  assertEquals(more.party.stash.map((one) => one.count), [5]);
});

Deno.test("a thing worn comes off when it is given away", () => {
  const state = peace([stack("shield")], { worn: { weaponOff: [id("i_shield")] } });
  const after = ask(state, { type: "GiveItem", character: f, item: id("i_shield"), count: 1, to: m }).state;
  assertEquals(wornItems(after), []);
  assert(after.characters[m]?.pack.some((one) => one.item === "shield"));
});

Deno.test("GiveItem refuses too much, a plot key on the floor, a full stash and an overloaded friend", () => {
  const code = (state: WorldState, intent: PlayerIntent) => ask(state, intent).rejection?.code;
  const give = (kind: string, count: number, to: "stash" | "ground" | typeof m): PlayerIntent => ({
    type: "GiveItem",
    character: f,
    item: id(`i_${kind}`),
    count,
    to,
  });
  const key: ItemStack = { ...stack("ironKey"), plot: true };
  assertEquals(code(peace([stack("torch", 2)]), give("torch", 3, "stash")), "item/unknown");
  assertEquals(code(peace([key]), give("ironKey", 1, "ground")), "item/plot");
  assertEquals(code(peace([key]), give("ironKey", 1, m)), undefined);
  const full = Array.from({ length: 60 }, (_, i) => stack("rope", 1, `rope${i}`));
  assertEquals(code(peace([stack("torch")], {}, full), give("torch", 1, "stash")), "item/stash_full");
  const plates = Array.from({ length: 4 }, (_, i) => stack("plate", 1, `plate${i}`));
  const heavy = peace([stack("plate")]);
  const mate = { ...fighter(m), pack: plates };
  const laden = { ...heavy, characters: { ...heavy.characters, [m]: mate } };
  assertEquals(code(laden, give("plate", 1, m)), "item/too_heavy");
});

Deno.test("what is put on the floor lies there and can be taken up again", () => {
  const state = peace([stack("rope")]);
  const dropped = ask(state, { type: "GiveItem", character: f, item: id("i_rope"), count: 1, to: "ground" }).state;
  assertEquals(Object.values(dropped.piles).flat().map((one) => one.item), ["rope"]);
  const taken = ask(dropped, { type: "TakeItem", character: m, item: id("i_rope"), count: 1, from: "ground" }).state;
  assertEquals(Object.keys(taken.piles), []);
  assert(taken.characters[m]?.pack.some((one) => one.id === id("i_rope")));
});

Deno.test("a potion heals within its dice and is gone", () => {
  const state = peace([stack("potionHealing")], { hp: 1 });
  const after = ask(state, { type: "UseItem", character: f, item: id("i_potionHealing") });
  const gained = (after.state.characters[f]?.hp ?? 0) - 1;
  assert(gained >= 4 && gained <= 10, String(gained));
  assertEquals(after.state.characters[f]?.pack, []);
  assertEquals(eventsOf(after, "ItemUsed").map((event) => event.left), [0]);
});

Deno.test("a potion in battle costs the action and reaches an ally beside", () => {
  const scene = parseScene(["fm...g"], {
    party: { f: hero([stack("potionHealing", 2)]), m: fighter(m, { hp: 0, life: "dying" }) },
    foes: { g: "skeleton" },
    order: "fmg",
  });
  const used = ask(scene, { type: "UseItem", character: f, item: id("i_potionHealing"), target: m });
  assertEquals(used.state.characters[m]?.life, "up");
  assertEquals(used.state.battle?.on[f]?.budget.action, 0);
  const again = ask(used.state, { type: "UseItem", character: f, item: id("i_potionHealing"), target: m });
  assertEquals(again.rejection?.code, "combat/no_action");
});

Deno.test("a flask is thrown with an attack roll, within its range, at foes only", () => {
  const state = fight([stack("acidFlask", 2)]);
  const thrown = ask(state, { type: "UseItem", character: f, item: id("i_acidFlask"), target: n("g") });
  assertEquals(thrown.rejection, undefined);
  assertEquals(eventsOf(thrown, "AttackRolled").length, 1);
  const self = ask(state, { type: "UseItem", character: f, item: id("i_acidFlask") });
  assertEquals(self.rejection?.code, "combat/bad_target");
  const far = parseScene(["f.....g"], {
    party: { f: hero([stack("acidFlask")]) },
    foes: { g: "skeleton" },
    order: "fg",
  });
  const missed = ask(far, { type: "UseItem", character: f, item: id("i_acidFlask"), target: n("g") });
  assertEquals(missed.rejection?.code, "combat/out_of_range");
});

Deno.test("holy water is for undead and fiends", () => {
  const goblin = parseScene(["f.g"], { party: { f: hero([stack("holyWater")]) }, foes: { g: "goblin" }, order: "fg" });
  const refused = ask(goblin, { type: "UseItem", character: f, item: id("i_holyWater"), target: n("g") });
  assertEquals(refused.rejection?.code, "combat/bad_target");
});

Deno.test("a wand spends its charges and stays; empty it does nothing", () => {
  const wand = fight([{ ...stack("wandMissiles"), charges: 1 }]);
  const used = ask(wand, { type: "UseItem", character: f, item: id("i_wandMissiles"), target: n("g") });
  assertEquals(used.state.characters[f]?.pack[0]?.charges, 0);
  assert((used.state.battle?.monsters[n("g")]?.hp ?? 99) <= 32 - 6);
  const rested = { ...used.state, battle: wand.battle };
  const empty = ask(rested, { type: "UseItem", character: f, item: id("i_wandMissiles"), target: n("g") });
  assertEquals(empty.rejection?.code, "item/not_usable");
});

Deno.test("a magic blade bites what a plain one only scratches", () => {
  const why = (kind: string) => {
    const state = parseScene(["fg"], {
      party: { f: hero([stack(kind)], { worn: { weaponMain: [id(`i_${kind}`)] } }) },
      foes: { g: "gargoyle" },
      order: "fg",
    });
    const hit = askUntil(
      state,
      { type: "Attack", character: f, target: n("g") },
      (tried) => eventsOf(tried, "DamageTaken").length > 0,
    );
    return eventsOf(hit, "DamageTaken")[0]?.why;
  };
  assertEquals(why("longsword"), "resisted");
  assertEquals(why("longswordPlus1"), undefined);
});

Deno.test("fast hands throw a flask by a bonus action, but drink no faster", () => {
  const quick: Partial<Character> = { features: ["fastHands"], hp: 1 };
  const budget = (kind: string, target = f) =>
    ask(fight([stack(kind)], quick), { type: "UseItem", character: f, item: id(`i_${kind}`), target }).state.battle
      ?.on[f]
      ?.budget;
  assertEquals([budget("acidFlask", n("g"))?.action, budget("acidFlask", n("g"))?.bonusAction], [1, 0]);
  assertEquals([budget("potionHealing")?.action, budget("potionHealing")?.bonusAction], [0, 1]);
});

Deno.test("antitoxin helps against poison alone", () => {
  const after = ask(peace([stack("antitoxin")]), { type: "UseItem", character: f, item: id("i_antitoxin") }).state;
  const one = after.characters[f];
  assert(one);
  assertEquals(saveOdds(one, { ability: "con", tags: ["poison"] }).mode, "advantage");
  assertEquals(saveOdds(one, { ability: "con", tags: ["magic"] }).mode, "normal");
});

Deno.test("a potion of heroism gives ten temporary hit points and its dice", () => {
  const state = peace([stack("potionHeroism")]);
  const after = ask(state, { type: "UseItem", character: f, item: id("i_potionHeroism") }).state;
  assertEquals(after.characters[f]?.tempHp, 10);
  assertEquals(after.characters[f]?.effects.map((one) => one.record.name), ["Heroism"]);
});

Deno.test("every usable thing can be used by somebody on somebody", () => {
  for (const record of Object.values(ITEMS)) {
    if (!record.use) continue;
    const scene = parseScene(["fm.g"], {
      party: { f: hero([stack(record.id)]), m: fighter(m, { hp: 0, life: "dying" }) },
      foes: { g: "skeleton" },
      order: "fmg",
    });
    const legal = legalForSeat(scene, SEAT).filter((intent) => intent.type === "UseItem");
    assert(legal.length > 0, record.id);
    for (const intent of legal) assertEquals(ask(scene, intent).rejection, undefined, record.id);
  }
});

Deno.test("legal things are never refused, and nothing ever appears or vanishes by equipping and handing over", () => {
  const kinds = ["longsword", "shield", "greataxe", "chainMail", "ringProtection", "boots", "torch", "dagger", "arrow"]
    .filter((kind) => Object.hasOwn(ITEMS, kind));
  const pack = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 3 })), { maxLength: 6 }).map((
    list,
  ) => list.map(([kind, count], index) => stack(kind, Math.min(count, item(kind).stack), `${index}`)));
  fc.assert(
    fc.property(pack, fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), (things, choices) => {
      let state = peace(things, {}, [stack("rope", 2)]);
      const before = inventory(state);
      for (const choice of choices) {
        const legal = legalForSeat(state, SEAT).filter((intent) => /^(Equip|Unequip|Give|Take)/.test(intent.type));
        const intent = legal[choice % Math.max(1, legal.length)];
        if (!intent) return;
        const after = ask(state, intent);
        assertEquals(after.rejection, undefined, JSON.stringify(intent));
        state = after.state;
        assertEquals(inventory(state), before);
        const held = new Set(state.characters[f]?.pack.map((one) => one.id));
        const worn = Object.values(state.characters[f]?.worn ?? {}).flat();
        assert(worn.every((one) => held.has(one)) && new Set(worn).size === worn.length);
        for (const slot of SLOTS) {
          assert((state.characters[f]?.worn[slot]?.length ?? 0) <= (slot === "rings" ? 2 : 1), slot);
        }
      }
    }),
    { numRuns: 60 },
  );
});
