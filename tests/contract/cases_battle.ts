/** What methods may answer in a battle. */
import type { Character } from "../../engine/types/creature.ts";
import type { ClassId } from "../../engine/types/names.ts";
import type { WorldState } from "../../engine/types/state.ts";
import { type Case, feature, fight, mine, type Params, withThing } from "./case.ts";
import * as set from "./scenes.ts";
import type { Scene } from "./scenes.ts";

const foe = (state: WorldState) => ({ target: set.firstFoe(state) });
const farFoe = set.placed(set.firstFoe, { at: [40, 10] });
const behindWall = set.placed(set.firstFoe, { at: [28, 10] });
const spent = { action: 0, bonusAction: 0 };

const VERBS: readonly Case[] = [
  fight("fighter", "attack", "ok", undefined, foe),
  fight("fighter", "attack", "combat/bad_target", undefined, (state) => ({ target: set.byClass(state, "mage") })),
  fight("fighter", "attack", "combat/no_action", set.arena("fighter", spent), foe),
  fight("fighter", "attack", "combat/no_weapon", undefined, (state) => ({ ...foe(state), weapon: "i_none" })),
  fight(
    "mage",
    "attack",
    "combat/out_of_range",
    set.scene(set.who("mage", { worn: {}, pack: [] }), set.arena("mage"), farFoe),
    foe,
  ),
  fight("fighter", "attack", "combat/no_line_of_sight", hiddenFoe("fighter"), foe),
  fight(
    "fighter",
    "attack",
    "combat/no_bonus_action",
    set.scene(set.who("fighter", twoBlades), set.arena("fighter", spent, { attacked: true })),
    (state) => ({ ...foe(state), hand: "off" }),
  ),
  fight(
    "ranger",
    "attack",
    "combat/no_ammunition",
    set.scene(set.who("ranger", emptyBow), set.arena("ranger"), set.placed(set.firstFoe, { at: [20, 10] })),
    (state) => ({ ...foe(state), weapon: "i_bow" }),
  ),
  fight("fighter", "move", "ok", undefined, { path: [[9, 10]] }),
  fight("fighter", "move", "move/blocked", undefined, { path: [[10, 9]] }),
  fight("fighter", "move", "move/occupied", beside("fighter", "mage"), { path: [[9, 10]] }),
  fight("fighter", "move", "combat/no_movement", set.arena("fighter", { movement: 0 }), { path: [[9, 10]] }),
  fight("cleric", "castSpell", "ok", set.scene(knows("cleric", "bless"), set.arena("cleric")), (state) => ({
    spell: "bless",
    slot: 1,
    targets: [set.byClass(state, "fighter")],
  })),
  fight("mage", "castSpell", "magic/unknown_spell", undefined, { spell: "nope", slot: 1 }),
  fight("fighter", "castSpell", "magic/not_prepared", undefined, { spell: "bless", slot: 1 }),
  fight("mage", "castSpell", "magic/not_here", set.scene(knows("mage", "shield"), set.arena("mage")), {
    spell: "shield",
    slot: 1,
  }),
  fight("cleric", "castSpell", "magic/no_slot", set.scene(knows("cleric", "bless", []), set.arena("cleric")), {
    spell: "bless",
    slot: 1,
  }),
  fight("cleric", "castSpell", "combat/no_action", set.scene(knows("cleric", "bless"), set.arena("cleric", spent)), {
    spell: "bless",
    slot: 1,
  }),
  fight(
    "cleric",
    "castSpell",
    "combat/no_bonus_action",
    set.scene(knows("cleric", "shieldOfFaith"), set.arena("cleric", spent)),
    {
      spell: "shieldOfFaith",
      slot: 1,
    },
  ),
  fight(
    "cleric",
    "castSpell",
    "magic/one_spell",
    set.scene(knows("cleric", "bless"), set.arena("cleric", {}, { spellCast: "bonus" })),
    { spell: "bless", slot: 1 },
  ),
  fight("cleric", "castSpell", "magic/bad_target", set.scene(knows("cleric", "bless"), set.arena("cleric")), {
    spell: "bless",
    slot: 1,
    targets: ["n_none"],
  }),
  fight(
    "cleric",
    "castSpell",
    "magic/too_many",
    set.scene(knows("cleric", "cureWounds"), set.arena("cleric")),
    (state) => ({
      spell: "cureWounds",
      slot: 1,
      targets: state.party.order.slice(0, 4),
    }),
  ),
  fight(
    "cleric",
    "castSpell",
    "combat/out_of_range",
    set.scene(
      knows("cleric", "cureWounds"),
      set.arena("cleric"),
      set.placed((s) => set.byClass(s, "fighter"), { at: [40, 12] }),
    ),
    (state) => ({ spell: "cureWounds", slot: 1, targets: [set.byClass(state, "fighter")] }),
  ),
  fight(
    "mage",
    "castSpell",
    "combat/no_line_of_sight",
    set.scene(knows("mage", "magicMissile"), set.arena("mage"), behindWall),
    (state) => ({
      spell: "magicMissile",
      slot: 1,
      targets: [set.firstFoe(state)],
    }),
  ),
  fight(
    "mage",
    "castSpell",
    "move/occupied",
    set.scene(knows("mage", "mistyStep", [2, 2]), set.arena("mage")),
    (state) => ({
      spell: "mistyStep",
      slot: 2,
      point: state.battle?.on[set.firstFoe(state)]?.at ?? [11, 10],
    }),
  ),
  fight(
    "fighter",
    "useItem",
    "combat/no_action",
    set.scene(set.who("fighter", withThing("i_potion", "potionHealing")), set.arena("fighter", spent)),
    {
      item: "i_potion",
    },
  ),
  fight(
    "fighter",
    "useItem",
    "combat/out_of_range",
    set.scene(set.who("fighter", withThing("i_fire", "alchemistsFire")), set.arena("fighter"), farFoe),
    (state) => ({ item: "i_fire", ...foe(state) }),
  ),
  fight(
    "fighter",
    "useItem",
    "combat/no_line_of_sight",
    set.scene(
      set.who("fighter", withThing("i_fire", "alchemistsFire")),
      set.arena("fighter"),
      set.placed((s) => set.byClass(s, "fighter"), { at: [24, 10] }),
      set.placed(set.firstFoe, { at: [26, 10] }),
    ),
    (state) => ({ item: "i_fire", ...foe(state) }),
  ),
  fight("fighter", "useFeature", "ok", set.scene(set.arena("fighter"), set.who("fighter", { hp: 1 })), {
    feature: "secondWind",
  }),
  fight("fighter", "useFeature", "character/no_feature", undefined, { feature: "nope" }),
  fight(
    "fighter",
    "useFeature",
    "combat/no_bonus_action",
    set.scene(set.arena("fighter", spent), set.who("fighter", { hp: 1 })),
    {
      feature: "secondWind",
    },
  ),
  fight(
    "fighter",
    "useFeature",
    "character/feature_spent",
    set.scene(set.arena("fighter"), set.who("fighter", { hp: 1, used: { secondWind: 1 } })),
    {
      feature: "secondWind",
    },
  ),
  fight("paladin", "useFeature", "combat/no_action", set.arena("paladin", spent), { feature: "layOnHands" }),
  fight("paladin", "useFeature", "magic/bad_target", undefined, { feature: "layOnHands", target: "c_none" }),
  fight("paladin", "useFeature", "combat/not_adjacent", set.scene(set.arena("paladin"), farMage), (state) => ({
    feature: "layOnHands",
    target: set.byClass(state, "mage"),
  })),
  fight(
    "paladin",
    "useFeature",
    "magic/no_slot",
    set.scene(feature("paladin", "divineSmite"), set.arena("paladin"), set.who("paladin", { slots: [] })),
    {
      feature: "divineSmite",
    },
  ),
  fight(
    "thief",
    "useFeature",
    "character/bad_choice",
    set.scene(feature("thief", "cunningAction"), set.arena("thief")),
    {
      feature: "cunningAction",
      choice: "nope",
    },
  ),
  fight(
    "thief",
    "useFeature",
    "combat/already_acted",
    set.scene(feature("thief", "cunningAction"), set.arena("thief", {}, { slipping: true })),
    {
      feature: "cunningAction",
      choice: "slip",
    },
  ),
  fight("thief", "useFeature", "combat/bad_target", set.scene(feature("thief", "cunningAction"), set.arena("thief")), {
    feature: "cunningAction",
    choice: "hide",
  }),
  mine("paladin", "useFeature", "magic/not_here", feature("paladin", "divineSmite"), { feature: "divineSmite" }),
  mine("mage", "useFeature", "character/rested", set.camp, { feature: "arcaneRecovery" }),
  fight(
    "fighter",
    "equipItem",
    "item/in_battle",
    set.scene(set.who("fighter", withThing("i_chain", "chainMail")), set.arena("fighter")),
    {
      item: "i_chain",
      slot: "chest",
    },
  ),
  fight(
    "fighter",
    "equipItem",
    "combat/no_action",
    set.scene(set.who("fighter", shieldInPack), set.arena("fighter", spent)),
    {
      item: "i_shield",
      slot: "weaponOff",
    },
  ),
  fight(
    "fighter",
    "equipItem",
    "combat/already_acted",
    set.scene(set.who("fighter", withThing("i_mace", "mace", {}, true)), set.arena("fighter", { freeHand: 0 })),
    {
      item: "i_mace",
      slot: "weaponMain",
    },
  ),
  fight("fighter", "unequipItem", "item/in_battle", undefined, { slot: "chest" }),
  fight("fighter", "unequipItem", "combat/no_action", set.arena("fighter", spent), { slot: "weaponOff" }),
  fight("fighter", "unequipItem", "combat/already_acted", set.arena("fighter", { freeHand: 0 }), {
    slot: "weaponMain",
  }),
  fight("fighter", "guard", "ok", undefined),
  fight("fighter", "guard", "combat/no_action", set.arena("fighter", spent)),
  fight("fighter", "guard", "combat/no_reaction", set.arena("fighter", { reaction: 0 })),
  fight("ranger", "guard", "combat/no_weapon", set.scene(set.who("ranger", emptyBow), set.arena("ranger"))),
  fight("fighter", "dash", "ok", undefined),
  fight("fighter", "dodge", "ok", undefined),
  fight("fighter", "slip", "ok", undefined),
  fight("fighter", "delay", "ok", undefined, (state) => ({ after: lastOf(state) })),
  fight("fighter", "delay", "combat/bad_target", undefined, { after: "c_none" }),
  fight(
    "fighter",
    "delay",
    "combat/already_acted",
    set.arena("fighter", { action: 0 }),
    (state) => ({ after: lastOf(state) }),
  ),
  fight("fighter", "help", "ok", beside("fighter", "mage"), (state) => ({ ally: set.byClass(state, "mage") })),
  fight("fighter", "help", "combat/bad_target", undefined, { ally: "c_none" }),
  fight(
    "fighter",
    "help",
    "combat/not_adjacent",
    set.scene(set.arena("fighter"), farMage),
    (state) => ({ ally: set.byClass(state, "mage") }),
  ),
  fight(
    "fighter",
    "bandage",
    "ok",
    set.scene(beside("fighter", "mage"), set.who("mage", { life: "dying", hp: 0 })),
    (state) => ({
      ally: set.byClass(state, "mage"),
    }),
  ),
  fight("fighter", "bandage", "combat/bad_target", undefined, { ally: "c_none" }),
  fight(
    "fighter",
    "bandage",
    "combat/not_adjacent",
    set.scene(set.arena("fighter"), farMage),
    (state) => ({ ally: set.byClass(state, "mage") }),
  ),
  fight("fighter", "openDoor", "ok", set.scene(set.fieldDoor(1), set.arena("fighter")), { square: [10, 9] }),
  fight("fighter", "openDoor", "move/nothing_there", undefined, { square: [9, 9] }),
  fight(
    "fighter",
    "openDoor",
    "combat/not_adjacent",
    set.scene(set.arena("fighter"), set.placed((s) => set.byClass(s, "fighter"), { at: [14, 14] })),
    { square: [10, 9] },
  ),
  fight("fighter", "openDoor", "move/locked", set.scene(set.fieldDoor(2), set.arena("fighter")), { square: [10, 9] }),
  fight("fighter", "openDoor", "move/barred", set.scene(set.fieldDoor(3), set.arena("fighter")), { square: [10, 9] }),
  fight(
    "fighter",
    "openDoor",
    "combat/no_action",
    set.scene(set.fieldDoor(1), set.arena("fighter", { ...spent, freeHand: 0 })),
    { square: [10, 9] },
  ),
  fight("fighter", "standUp", "ok", set.scene(set.arena("fighter"), set.prone("fighter"))),
  fight("fighter", "standUp", "combat/not_prone", undefined),
  fight(
    "fighter",
    "standUp",
    "combat/no_movement",
    set.scene(set.arena("fighter", { movement: 0 }), set.prone("fighter")),
  ),
  fight("fighter", "react", "ok", set.scene(set.arena("cleric"), set.prompted("fighter")), { take: false }),
  fight("fighter", "react", "turn/no_prompt", undefined, { take: true }),
  fight("fighter", "endTurn", "ok", undefined),
];

const DOWN: readonly (readonly [method: string, params: Params])[] = [
  ["attack", foe],
  ["move", { path: [[9, 10]] }],
  ["castSpell", { spell: "bless", slot: 1 }],
  ["useFeature", { feature: "secondWind" }],
  ["guard", {}],
  ["dash", {}],
  ["dodge", {}],
  ["slip", {}],
  ["help", { ally: "c_none" }],
  ["bandage", { ally: "c_none" }],
  ["openDoor", { square: [10, 9] }],
  ["standUp", {}],
];

const NO_ACTION: readonly (readonly [method: string, params: Params])[] = [
  ["dash", {}],
  ["dodge", {}],
  ["slip", {}],
  ["help", (state) => ({ ally: set.byClass(state, "mage") })],
  ["bandage", (state) => ({ ally: set.byClass(state, "mage") })],
];

export const BATTLE: readonly Case[] = [
  ...VERBS,
  ...DOWN.map(([method, params]) =>
    fight(
      "fighter",
      method,
      "combat/incapacitated",
      set.scene(set.arena("fighter"), set.who("fighter", { life: "stable", hp: 0 })),
      params,
    )
  ),
  ...NO_ACTION.map(([method, params]) =>
    fight("fighter", method, "combat/no_action", set.scene(beside("fighter", "mage"), spend("fighter")), params)
  ),
];

function lastOf(state: WorldState): string {
  return state.battle?.order.at(-1) ?? "";
}

function twoBlades({ worn, pack }: Character) {
  const blades = [set.stack("i_left", "shortsword"), set.stack("i_right", "shortsword")] as const;
  return { pack: [...pack, ...blades], worn: { ...worn, weaponMain: [blades[0].id], weaponOff: [blades[1].id] } };
}

function emptyBow({ pack }: Character) {
  const bow = set.stack("i_bow", "longbow");
  return { pack: [...pack.filter(({ item }) => !/arrow/i.test(item)), bow], worn: { weaponMain: [bow.id] } };
}

function shieldInPack({ worn, pack }: Character) {
  return { pack: [...pack, set.stack("i_shield", "shield")], worn: { ...worn, weaponOff: [] } };
}

function knows(id: ClassId, spell: string, slots: readonly number[] = [2]): Scene {
  return set.who(id, ({ prepared, spells }) => ({ prepared: [...prepared, spell], spells: [...spells, spell], slots }));
}

function beside(acting: ClassId, ally: ClassId): Scene {
  return set.scene(set.arena(acting), set.placed((state) => set.byClass(state, ally), { at: [9, 10] }));
}

function spend(id: ClassId): Scene {
  return set.placed((state) => set.byClass(state, id), {
    budget: { movement: 30, action: 0, bonusAction: 0, reaction: 1, attacks: 0, freeHand: 0 },
  });
}

function farMage(state: WorldState): WorldState {
  return set.placed((so) => set.byClass(so, "mage"), { at: [20, 20] })(state);
}

function hiddenFoe(id: ClassId): Scene {
  return set.scene(set.arena(id), set.placed(set.firstFoe, { hidden: true }));
}
