/**
 * One row for each thing a method may answer by the rules: the scene, who asks, the params and the code, `ok` for success.
 * What every method of a kind may answer (wrong mode, not mine, not leader ...) is asked by loops in the test itself.
 */
import type { Character } from "../../engine/types/creature.ts";
import type { ClassId } from "../../engine/types/names.ts";
import type { WorldState } from "../../engine/types/state.ts";
import type { JsonRecord } from "../kit/client.ts";
import * as set from "./scenes.ts";
import type { Scene } from "./scenes.ts";

export interface Case {
  readonly method: string;
  readonly code: string;
  /** Which state it begins from, and what is changed in it. */
  readonly from: "explore" | "battle";
  readonly scene: Scene;
  /** The member instead of the leader. */
  readonly member?: true;
  readonly params: (state: WorldState) => JsonRecord;
}

type Params = JsonRecord | ((state: WorldState) => JsonRecord);

const as: Scene = (state) => state;
const MEMBERS: readonly ClassId[] = ["mage", "ranger", "paladin"];
const chain = (count: number) => set.stack("i_chain", "chainMail", { count });

function one(from: Case["from"], method: string, code: string, scene: Scene, params: Params, member = false): Case {
  const filled = typeof params === "function" ? params : () => params;
  return { from, method, code, scene, params: filled, ...(member ? { member: true } : {}) };
}

function peace(method: string, code: string, scene: Scene, params: Params = {}, member = false): Case {
  return one("explore", method, code, scene, params, member);
}

/** With `character` filled in: one of this class, asked for by whose it is. */
function mine(id: ClassId, method: string, code: string, scene: Scene, params: Params = {}): Case {
  const rest = typeof params === "function" ? params : () => params;
  const filled = (state: WorldState) => ({ character: set.byClass(state, id), ...rest(state) });
  return one("explore", method, code, scene, filled, MEMBERS.includes(id));
}

/** In the arena, on the turn of the one of this class. */
function fight(id: ClassId, method: string, code: string, scene: Scene | undefined, params: Params = {}): Case {
  const rest = typeof params === "function" ? params : () => params;
  const filled = (state: WorldState) => ({ character: set.byClass(state, id), ...rest(state) });
  return one("battle", method, code, scene ?? set.arena(id), filled, MEMBERS.includes(id));
}

const foe = (state: WorldState) => ({ target: set.firstFoe(state) });
const farFoe = set.placed(set.firstFoe, { at: [40, 10] });
const behindWall = set.placed(set.firstFoe, { at: [28, 10] });
const spent = { action: 0, bonusAction: 0 };

const EXPLORE: readonly Case[] = [
  peace("turn", "ok", as, { to: "left" }),
  peace("turn", "character/none", set.nobody, { to: "left" }),
  peace("move", "ok", set.atDoor(1, { open: true }), { step: "forward" }),
  peace("move", "move/blocked", set.atWall, { step: "forward" }),
  peace("move", "move/door_shut", set.atDoor(1), { step: "forward" }),
  peace("move", "move/locked", set.atDoor(2), { step: "forward" }),
  peace("move", "move/barred", set.atDoor(3), { step: "forward" }),
  peace("move", "character/none", set.nobody, { step: "forward" }),
  peace("interact", "ok", set.atDoor(1), { how: "open" }),
  peace("interact", "move/nothing_there", set.atWall, { how: "open" }),
  peace("interact", "move/locked", set.atDoor(2), { how: "open" }),
  peace("interact", "move/barred", set.atDoor(3), { how: "open" }),
  peace("interact", "move/no_key", set.atDoor(2), { how: "unlock" }),
  peace("interact", "move/tried", triedDoor, { how: "bash" }),
  peace("interact", "move/no_tools", set.atDoor(2), (state) => ({
    how: "pick",
    character: set.byClass(state, "fighter"),
  })),
  peace("interact", "character/unknown", set.atDoor(2), { how: "pick", character: "c_none" }),
  peace("interact", "magic/not_prepared", set.atDoor(2), (state) => ({
    how: "knock",
    character: set.byClass(state, "fighter"),
  })),
  peace(
    "interact",
    "magic/no_slot",
    set.scene(set.atDoor(2), set.who("mage", { prepared: ["knock"], slots: [] })),
    (state) => ({ how: "knock", character: set.byClass(state, "mage") }),
  ),
  peace("interact", "item/stash_full", set.scene(set.onCache(0), set.fullStash), { how: "take" }),
  peace("search", "ok", as, { mode: "on" }),
  peace("search", "turn/over", as, { mode: "off" }),
  peace("search", "character/none", set.nobody, { mode: "on" }),
  peace("travel", "ok", as, { to: "frontier" }),
  peace("travel", "move/no_way", as, { to: "stairsDown" }),
  peace("travel", "move/unknown_cell", as, (state) => ({ to: { level: state.party.level, at: [15, 15] } })),
  peace("travel", "move/nothing_there", as, (state) => ({ to: { level: state.party.level, at: state.party.at } })),
  peace("travel", "character/none", set.nobody, { to: "frontier" }),
  mine("fighter", "light", "ok", set.who("fighter", withThing("i_torch", "torch")), { item: "i_torch" }),
  mine("fighter", "light", "item/unknown", as, { item: "i_none" }),
  mine("fighter", "light", "item/none_worn", set.party({ light: null }), { item: null }),
  mine("fighter", "light", "combat/incapacitated", set.who("fighter", { life: "dying" }), { item: null }),
  peace("startQuest", "ok", set.quest({ state: "offered" }), firstQuest),
  peace("startQuest", "quest/unknown", as, { quest: "q_none" }),
  peace("startQuest", "quest/not_offered", set.quest({ state: "paid" }), firstQuest),
  peace("startQuest", "quest/not_here", set.scene(set.quest({ state: "offered" }), set.atDoor(1)), firstQuest),
  peace("completeQuest", "ok", set.stepsDone, firstQuest),
  peace("completeQuest", "quest/unknown", as, { quest: "q_none" }),
  peace("completeQuest", "quest/paid", set.quest({ state: "paid" }), firstQuest),
  peace("completeQuest", "quest/not_done", set.quest({ state: "active" }), firstQuest),
  peace("completeQuest", "quest/not_here", set.scene(set.stepsDone, set.atDoor(1)), firstQuest),
  peace("talk.say", "ok", as, { text: "To the left!" }),
  peace("talk.say", "talk/empty", as, { text: " " }),
  peace("giveLead", "character/unknown", as, { seat: "s_9" }),
  peace("giveLead", "turn/over", as, (state) => ({ seat: set.seatNumber(state, 1) })),
  mine("fighter", "setPolicy", "ok", as, { kind: "opportunity", policy: "ask" }),
  mine("fighter", "quick", "ok", as, { on: true }),
];

const THINGS: readonly Case[] = [
  mine("fighter", "unequipItem", "ok", as, { slot: "weaponMain" }),
  mine("fighter", "unequipItem", "item/none_worn", as, { slot: "head" }),
  mine("fighter", "unequipItem", "combat/incapacitated", set.who("fighter", { life: "dying" }), { slot: "head" }),
  mine("fighter", "equipItem", "ok", set.who("fighter", withThing("i_mace", "mace")), {
    item: "i_mace",
    slot: "weaponMain",
  }),
  mine("fighter", "equipItem", "item/not_yours", as, { item: "i_none", slot: "weaponMain" }),
  mine("fighter", "equipItem", "item/wrong_slot", set.who("fighter", withThing("i_mace", "mace")), {
    item: "i_mace",
    slot: "head",
  }),
  mine("mage", "equipItem", "item/not_proficient", set.who("mage", withThing("i_chain", "chainMail")), {
    item: "i_chain",
    slot: "chest",
  }),
  mine("fighter", "equipItem", "item/no_hands", set.who("fighter", twoHanded), { item: "i_dagger", slot: "weaponOff" }),
  mine("fighter", "equipItem", "combat/incapacitated", set.who("fighter", { life: "dying" }), {
    item: "i_mace",
    slot: "weaponMain",
  }),
  mine("fighter", "item.give", "ok", set.who("fighter", withThing("i_mace", "mace")), {
    item: "i_mace",
    count: 1,
    to: "stash",
  }),
  mine("fighter", "item.give", "item/not_yours", as, { item: "i_none", count: 1, to: "stash" }),
  mine("fighter", "item.give", "item/unknown", set.who("fighter", withThing("i_mace", "mace")), {
    item: "i_mace",
    count: 99,
    to: "stash",
  }),
  mine("fighter", "item.give", "item/plot", set.who("fighter", withThing("i_mace", "mace", { plot: true })), {
    item: "i_mace",
    count: 1,
    to: "ground",
  }),
  mine(
    "fighter",
    "item.give",
    "item/stash_full",
    set.scene(set.who("fighter", withThing("i_mace", "mace")), set.fullStash),
    { item: "i_mace", count: 1, to: "stash" },
  ),
  mine(
    "fighter",
    "item.give",
    "item/too_heavy",
    set.who("fighter", withThing("i_chain", "chainMail", { count: 90 })),
    (state) => ({ item: "i_chain", count: 90, to: set.byClass(state, "mage") }),
  ),
  mine(
    "fighter",
    "item.give",
    "character/dead",
    set.scene(set.who("fighter", withThing("i_mace", "mace")), set.who("mage", { life: "dead" })),
    (state) => ({ item: "i_mace", count: 1, to: set.byClass(state, "mage") }),
  ),
  mine("fighter", "item.take", "ok", set.party({ stash: [set.stack("i_mace", "mace")] }), take("i_mace")),
  mine("fighter", "item.take", "item/unknown", as, take("i_none")),
  mine("fighter", "item.take", "item/too_heavy", set.party({ stash: [chain(90)] }), take("i_chain", 90)),
  mine(
    "fighter",
    "item.take",
    "character/dead",
    set.scene(set.party({ stash: [set.stack("i_mace", "mace")] }), set.who("fighter", { life: "dead" })),
    take("i_mace"),
  ),
  mine("fighter", "useItem", "ok", set.who("fighter", withThing("i_potion", "potionHealing")), { item: "i_potion" }),
  mine("fighter", "useItem", "item/not_yours", as, { item: "i_none" }),
  mine("fighter", "useItem", "item/not_usable", set.who("fighter", withThing("i_mace", "mace")), { item: "i_mace" }),
  mine("fighter", "useItem", "combat/incapacitated", set.who("fighter", { life: "dying" }), { item: "i_none" }),
  mine("fighter", "useItem", "combat/bad_target", set.who("fighter", withThing("i_potion", "potionHealing")), {
    item: "i_potion",
    target: "n_none",
  }),
];

const CAMP: readonly Case[] = [
  peace("camp.make", "ok", as),
  peace("camp.make", "character/none", set.nobody),
  peace("camp.make", "move/foes_near", foesNear),
  peace("camp.break", "ok", set.camp),
  peace("camp.rest", "ok", set.camp, { kind: "short" }),
  peace("camp.rest", "character/none", set.scene(set.camp, set.nobody), { kind: "short" }),
  peace("camp.rest", "character/rested", set.scene(set.camp, justRested), { kind: "long" }),
  peace("camp.rest", "item/unknown", set.scene(set.camp, hungry), { kind: "long" }),
  mine("fighter", "camp.spendHitDice", "ok", set.scene(set.camp, set.who("fighter", { hp: 1 })), { count: 1 }),
  mine("fighter", "camp.spendHitDice", "character/rested", set.camp, { count: 1 }),
  mine("fighter", "camp.spendHitDice", "character/no_hit_dice", set.scene(set.camp, set.who("fighter", { hp: 1 })), {
    count: 20,
  }),
  mine("fighter", "camp.spendHitDice", "character/dead", set.scene(set.camp, set.who("fighter", { life: "dead" })), {
    count: 1,
  }),
  mine(
    "fighter",
    "camp.spendHitDice",
    "combat/incapacitated",
    set.scene(set.camp, set.who("fighter", { life: "stable", hp: 0 })),
    { count: 1 },
  ),
  mine("mage", "camp.prepare", "ok", set.camp, (state) => ({
    spells: state.characters[set.byClass(state, "mage")]?.spells.slice(0, 1) ?? [],
  })),
  mine("fighter", "camp.prepare", "character/no_feature", set.camp, { spells: [] }),
  mine("mage", "camp.prepare", "magic/unknown_spell", set.camp, { spells: ["nope"] }),
  mine("mage", "camp.prepare", "magic/no_slot", set.scene(set.camp, set.who("mage", { spells: ["web"] })), {
    spells: ["web"],
  }),
  mine("cleric", "camp.prepare", "magic/too_many", set.camp, {
    spells: ["bless", "cureWounds", "shieldOfFaith", "guidingBolt", "bane", "command", "healingWord", "inflictWounds"],
  }),
  peace("camp.order", "ok", set.camp, (state) => ({ order: [...state.party.order].reverse() })),
  peace("camp.order", "character/unknown", set.camp, { order: ["c_none"] }),
  mine("fighter", "levelUp", "ok", set.camp, { hp: "average" }),
  mine("fighter", "levelUp", "character/not_enough_xp", set.scene(set.camp, set.who("fighter", { xp: 0 })), {
    hp: "average",
  }),
  mine(
    "fighter",
    "levelUp",
    "character/max_level",
    set.scene(set.camp, set.who("fighter", { xp: 999_999, classes: [{ id: "fighter", level: 20 }] })),
    { hp: "average" },
  ),
  mine("fighter", "levelUp", "character/bad_choice", set.camp, { hp: "average", choices: { nope: "nope" } }),
  mine("mage", "levelUp", "magic/unknown_spell", set.camp, { hp: "average", spells: ["nope", "nix"] }),
  mine("fighter", "levelUp", "character/dead", set.scene(set.camp, set.who("fighter", { life: "dead" })), {
    hp: "average",
  }),
];

const SHARES: readonly Case[] = [
  mine("fighter", "loot.claim", "ok", set.aftermath([set.stack("i_ring", "dagger")]), {
    item: "i_ring",
    claim: "need",
  }),
  mine("fighter", "loot.claim", "item/unknown", set.aftermath([]), { item: "i_none", claim: "need" }),
  mine("fighter", "loot.claim", "item/too_heavy", set.aftermath([chain(90)]), { item: "i_chain", claim: "need" }),
  mine(
    "fighter",
    "loot.claim",
    "character/dead",
    set.scene(set.aftermath([set.stack("i_ring", "dagger")]), set.who("fighter", { life: "dead" })),
    { item: "i_ring", claim: "need" },
  ),
  peace("loot.assign", "ok", set.aftermath([set.stack("i_ring", "dagger")]), { item: "i_ring", to: "stash" }),
  peace("loot.assign", "item/unknown", set.aftermath([]), { item: "i_none", to: "stash" }),
  peace("loot.assign", "character/unknown", set.aftermath([set.stack("i_ring", "dagger")]), {
    item: "i_ring",
    to: "c_none",
  }),
  peace("loot.assign", "item/too_heavy", set.aftermath([chain(90)]), (state) => ({
    item: "i_chain",
    to: set.byClass(state, "mage"),
  })),
  peace(
    "loot.assign",
    "character/dead",
    set.scene(set.aftermath([set.stack("i_ring", "dagger")]), set.who("mage", { life: "dead" })),
    (state) => ({ item: "i_ring", to: set.byClass(state, "mage") }),
  ),
  peace("loot.finish", "ok", set.aftermath([])),
];

const ENCOUNTERS: readonly Case[] = [
  peace("encounter.choose", "ok", set.encounter(), { choice: "wait" }),
  peace("encounter.choose", "move/too_far", set.encounter({ distance: 0 }), { choice: "advance" }),
  peace("encounter.choose", "combat/too_fast", set.scene(set.encounter(), fastFoes), { choice: "flee" }),
  peace("startCombat", "ok", set.encounter()),
];

const BATTLE: readonly Case[] = [
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

export const CASES: readonly Case[] = [
  ...EXPLORE,
  ...THINGS,
  ...CAMP,
  ...SHARES,
  ...ENCOUNTERS,
  ...BATTLE,
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

function firstQuest(state: WorldState): JsonRecord {
  return { quest: Object.keys(state.quests)[0] };
}

function take(item: string, count = 1): JsonRecord {
  return { item, count, from: "stash" };
}

function lastOf(state: WorldState): string {
  return state.battle?.order.at(-1) ?? "";
}

function triedDoor(state: WorldState): WorldState {
  const faced = set.atDoor(2)(state);
  const edge = Object.keys(faced.levels[faced.party.level]?.doors ?? {})[0];
  return set.party({ tried: [`bash:${edge}`] })(faced);
}

function withThing(id: string, item: string, more: Parameters<typeof set.stack>[2] = {}, worn = false) {
  return (one: Character) => ({
    pack: [...(worn ? one.pack : one.pack.slice(0, 6)), set.stack(id, item, more)],
  });
}

type Someone = Character;

function twoHanded({ worn, pack }: Someone) {
  const sword = set.stack("i_great", "greatsword");
  return {
    pack: [...pack, sword, set.stack("i_dagger", "dagger")],
    worn: { ...worn, weaponMain: [sword.id], weaponOff: [] },
  };
}

function twoBlades({ worn, pack }: Someone) {
  const blades = [set.stack("i_left", "shortsword"), set.stack("i_right", "shortsword")] as const;
  return { pack: [...pack, ...blades], worn: { ...worn, weaponMain: [blades[0].id], weaponOff: [blades[1].id] } };
}

function emptyBow({ pack }: Someone) {
  const bow = set.stack("i_bow", "longbow");
  return { pack: [...pack.filter(({ item }) => !/arrow/i.test(item)), bow], worn: { weaponMain: [bow.id] } };
}

function shieldInPack({ worn, pack }: Someone) {
  return { pack: [...pack, set.stack("i_shield", "shield")], worn: { ...worn, weaponOff: [] } };
}

function knows(id: ClassId, spell: string, slots: readonly number[] = [2]): Scene {
  return set.who(id, ({ prepared, spells }) => ({ prepared: [...prepared, spell], spells: [...spells, spell], slots }));
}

function feature(id: ClassId, name: string): Scene {
  return set.who(id, ({ features }) => ({ features: [...features, name] }));
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

function foesNear(state: WorldState): WorldState {
  return set.level(({ groups }) => ({
    groups: Object.fromEntries(
      Object.entries(groups).map(([id, group]) => [id, { ...group, at: state.party.at, state: "met" as const }]),
    ),
  }))(state);
}

function fastFoes(state: WorldState): WorldState {
  return set.level(({ groups }) => ({
    groups: Object.fromEntries(
      Object.entries(groups).map(([id, group]) => [id, { ...group, monsters: [{ monster: "wolf", count: 1 }] }]),
    ),
  }))(state);
}

function justRested(state: WorldState): WorldState {
  return state.party.order.reduce(
    (so, id) => ({
      ...so,
      characters: { ...so.characters, [id]: { ...so.characters[id], lastLongRest: so.clock } as Someone },
    }),
    state,
  );
}

function hungry(state: WorldState): WorldState {
  const without = Object.fromEntries(
    Object.entries(state.characters).map(([id, one]) => [id, {
      ...one,
      pack: one.pack.filter(({ item }) => !/ration/i.test(item)),
    }]),
  );
  return set.scene(set.party({ stash: [] }), set.atDoor(1))({ ...state, characters: without });
}
