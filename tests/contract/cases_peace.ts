/** What methods may answer outside of battles. */
import type { Character } from "../../engine/types/creature.ts";
import type { WorldState } from "../../engine/types/state.ts";
import type { JsonRecord } from "../kit/client.ts";
import { as, type Case, chain, mine, peace, withThing } from "./case.ts";
import * as set from "./scenes.ts";

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
  peace("travel", "move/door_shut", set.atKnownDoor, (state) => ({
    to: { level: state.party.level, at: set.ahead(state) },
  })),
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

export const PEACE: readonly Case[] = [...EXPLORE, ...THINGS, ...CAMP, ...SHARES, ...ENCOUNTERS];

function firstQuest(state: WorldState): JsonRecord {
  return { quest: Object.keys(state.quests)[0] };
}

function take(item: string, count = 1): JsonRecord {
  return { item, count, from: "stash" };
}

function triedDoor(state: WorldState): WorldState {
  const faced = set.atDoor(2)(state);
  const edge = Object.keys(faced.levels[faced.party.level]?.doors ?? {})[0];
  return set.party({ tried: [`bash:${edge}`] })(faced);
}

function twoHanded({ worn, pack }: Character) {
  const sword = set.stack("i_great", "greatsword");
  return {
    pack: [...pack, sword, set.stack("i_dagger", "dagger")],
    worn: { ...worn, weaponMain: [sword.id], weaponOff: [] },
  };
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
      characters: { ...so.characters, [id]: { ...so.characters[id], lastLongRest: so.clock } as Character },
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
