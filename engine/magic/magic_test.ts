import { assert, assertEquals } from "@std/assert";
import {
  ask,
  askUntil,
  c,
  eventsOf,
  fighter,
  n,
  parseScene,
  placeOf,
  playOn,
  type SceneOptions,
} from "../combat/_testing.ts";
import { SPELLS } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import { legalCommands } from "../legal.ts";
import { permit } from "../decide.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Character, Combatant } from "../types/creature.ts";
import type { Point } from "../types/ids.ts";
import type { ClassId } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";
import { isPlan, planCast } from "./check.ts";
import { castOptions, magicLegal } from "./legal.ts";

const M = c("m");
const B = c("b");
const G = n("g");

function caster(spells: readonly string[], change: Partial<Character> = {}, as: ClassId = "mage"): Character {
  return fighter(M, {
    classes: [{ id: as, level: 3 }],
    slots: [4, 2],
    hp: 20,
    maxHp: 20,
    abilities: { str: 10, dex: 14, con: 12, int: 16, wis: 16, cha: 14 },
    cantrips: spells.filter((id) => SPELLS[id]?.level === 0),
    prepared: spells.filter((id) => (SPELLS[id]?.level ?? 0) > 0),
    ...change,
  });
}

function scene(
  drawn: readonly string[],
  spells: readonly string[],
  options: SceneOptions & { mage?: Partial<Character> } = {},
): WorldState {
  const { mage, ...rest } = options;
  return parseScene(drawn, {
    party: { M: caster(spells, mage), B: fighter(B) },
    foes: { g: "goblin", o: "ogre", z: "zombie" },
    ...rest,
  });
}

function cast(
  spell: string,
  slot: number,
  aim: { targets?: readonly (typeof M)[]; point?: Point },
): Extract<PlayerIntent, { type: "CastSpell" }> {
  return { type: "CastSpell", character: M, spell, slot, ...aim };
}

function codeOf(state: WorldState, intent: PlayerIntent): string | undefined {
  return ask(state, intent).rejection?.code;
}

Deno.test("every spell of the tables can be cast where it says, and spends its slot and its time", () => {
  for (const spell of Object.values(SPELLS)) {
    if (spell.time === "reaction") continue;
    const fallen = spell.operations.every((one) => one.type === "stabilise");
    const drawn = ["........", ".gMB....", "........"];
    const base = scene(drawn, [spell.id], { foes: { g: "bandit" }, hurt: { g: { hp: 90, maxHp: 90 } } });
    const ally = base.characters[B];
    assert(ally);
    const hurt = { ...ally, hp: fallen ? 0 : 3, life: fallen ? "dying" as const : "up" as const };
    const state = { ...base, characters: { ...base.characters, [B]: hurt } };
    if (spell.inBattle) {
      const one = findCreature(state, M);
      assert(one);
      const [intent] = castOptions(state, one);
      assert(intent, `${spell.id} has no target in battle`);
      const tried = ask(state, intent);
      assertEquals(tried.rejection, undefined, spell.id);
      const [said] = eventsOf(tried, "SpellCast");
      assertEquals(said?.slots, spell.level === 0 ? [4, 2] : spell.level === 1 ? [3, 2] : [4, 1], spell.id);
      const budget = tried.state.battle?.on[M]?.budget;
      assertEquals(spell.time === "bonusAction" ? budget?.bonusAction : budget?.action, 0, spell.id);
      assertEquals((findCreature(tried.state, M)?.concentration ?? null) !== null && !spell.concentration, false);
    }
    if (spell.inPeace) {
      const peace: WorldState = { ...state, battle: null, mode: "camp" };
      const one = findCreature(peace, M);
      assert(one);
      const [intent] = castOptions(peace, one);
      assert(intent, `${spell.id} has no target in peace`);
      assertEquals(ask(peace, intent).rejection, undefined, spell.id);
    }
  }
});

for (
  const [why, code, drawn, spells, intent, options] of [
    ["is not in any table", "magic/unknown_spell", ["MB.g"], ["fireBolt"], cast("wish", 9, { targets: [G] }), {}],
    ["is not prepared", "magic/not_prepared", ["MB.g"], ["fireBolt"], cast("sleep", 1, { point: [3, 0] }), {}],
    ["has no slot left", "magic/no_slot", ["MB.g"], ["sleep"], cast("sleep", 1, { point: [3, 0] }), {
      mage: { slots: [0, 2] },
    }],
    ["asks for a slot below its level", "magic/no_slot", ["MB.g"], ["web"], cast("web", 1, { point: [3, 0] }), {}],
    ["is for peace only", "magic/not_here", ["MB.g"], ["light"], cast("light", 0, {}), {}],
    ["is a reaction", "magic/not_here", ["MB.g"], ["shield"], cast("shield", 1, {}), {}],
    [
      "is out of range",
      "combat/out_of_range",
      ["M.....g"],
      ["poisonSpray"],
      cast("poisonSpray", 0, { targets: [G] }),
      {},
    ],
    [
      "is behind a wall",
      "combat/no_line_of_sight",
      ["####", "M.#g", "####"],
      ["fireBolt"],
      cast("fireBolt", 0, { targets: [G] }),
      {},
    ],
    ["is aimed at a friend", "magic/bad_target", ["MB.g"], ["fireBolt"], cast("fireBolt", 0, { targets: [B] }), {}],
    ["names no target", "magic/bad_target", ["MB.g"], ["fireBolt"], cast("fireBolt", 0, {}), {}],
    [
      "names too many",
      "magic/too_many",
      ["MBgo"],
      ["charmPerson"],
      cast("charmPerson", 1, { targets: [G, n("o")] }),
      {},
    ],
    [
      "does not touch the kind",
      "magic/bad_target",
      ["MBz."],
      ["holdPerson"],
      cast("holdPerson", 2, { targets: [n("z")] }),
      {},
    ],
    ["has no action", "combat/no_action", ["MB.g"], ["fireBolt"], cast("fireBolt", 0, { targets: [G] }), {
      change: { M: { budget: { movement: 0, action: 0, bonusAction: 1, reaction: 1, attacks: 0, freeHand: 1 } } },
    }],
    ["comes after a bonus action spell", "magic/one_spell", ["MB.g"], ["sleep"], cast("sleep", 1, { point: [3, 0] }), {
      change: { M: { spellCast: "bonus" } },
    }],
  ] as const satisfies readonly (readonly [
    string,
    string,
    readonly string[],
    readonly string[],
    PlayerIntent,
    SceneOptions & { mage?: Partial<Character> },
  ])[]
) {
  Deno.test(`CastSpell is refused when it ${why}`, () =>
    assertEquals(codeOf(scene(drawn, spells, options), intent), code));
}

Deno.test("a cantrip may follow a bonus action spell, a second spell may not", () => {
  const start = scene(["MB.g"], ["healingWord", "sacredFlame", "bless"], {});
  const word = ask(start, cast("healingWord", 1, { targets: [B] }));

  assertEquals(codeOf(word.state, cast("bless", 1, { targets: [B] })), "magic/one_spell");
  assertEquals(codeOf(word.state, cast("sacredFlame", 0, { targets: [G] })), undefined);
});

Deno.test("burning hands burns friends and foes in its cone, but not its caster", () => {
  const tried = ask(scene(["MBg..."], ["burningHands"]), cast("burningHands", 1, { point: [1, 0] }));

  assertEquals(new Set(eventsOf(tried, "DamageRolled").map((event) => event.target)), new Set([B, G]));
  const [first, second] = eventsOf(tried, "DamageRolled");
  assertEquals(first?.parts, second?.parts);
});

Deno.test("an evoker shapes friends out of the blast", () => {
  const state = scene(["MBg..."], ["burningHands"], { mage: { features: ["sculptSpells"] } });

  const tried = ask(state, cast("burningHands", 1, { point: [1, 0] }));

  assertEquals(eventsOf(tried, "DamageRolled").map((event) => event.target), [G]);
});

Deno.test("areas stop at walls", () => {
  const tried = ask(scene(["MB....", "######", "...g.."], ["shatter"]), cast("shatter", 2, { point: [3, 0] }));

  assertEquals(eventsOf(tried, "DamageRolled").some((event) => event.target === G), false);
});

Deno.test("magic missile shares its darts out and rolls no attack; a higher slot throws more", () => {
  const state = scene(["MB.go"], ["magicMissile"]);

  const tried = ask(state, cast("magicMissile", 2, { targets: [G, n("o")] }));

  const hits = eventsOf(tried, "DamageRolled").map((event) => event.target);
  assertEquals([hits.length <= 4, hits[0], hits[1]], [true, G, n("o")]);
  assertEquals(eventsOf(tried, "AttackRolled").length, 0);
});

Deno.test("scorching ray rolls for each ray", () => {
  const tried = ask(scene(["MB.o"], ["scorchingRay"]), cast("scorchingRay", 2, { targets: [n("o")] }));

  assertEquals(eventsOf(tried, "AttackRolled").length, 3);
});

Deno.test("sleep takes the weakest first, passes the undead by, and a blow wakes", () => {
  const state = scene(["M...", "...B", ".goz"], ["sleep"], { hurt: { g: { hp: 2 }, o: { hp: 60, maxHp: 60 } } });

  const tried = ask(state, cast("sleep", 1, { point: [2, 2] }));

  const asleep = eventsOf(tried, "EffectBegan").map((event) => event.creature);
  assertEquals(asleep[0], G);
  assert(!asleep.includes(n("o")) && !asleep.includes(n("z")));
});

Deno.test("bless puts a die on each, and one casting replaces another by concentration", () => {
  const first = ask(scene(["MB.g"], ["bless", "shieldOfFaith"]), cast("bless", 1, { targets: [M, B] }));
  assertEquals(findCreature(first.state, B)?.effects.map((one) => one.record.name), ["Blessed"]);

  const second = ask(first.state, cast("shieldOfFaith", 1, { targets: [B] }));

  assertEquals(second.rejection?.code, "magic/one_spell");
  const later = { ...first.state, battle: first.state.battle && withFreshTurn(first.state.battle) };
  const next = ask(later, cast("shieldOfFaith", 1, { targets: [B] }));
  assertEquals(findCreature(next.state, B)?.effects.map((one) => one.record.name), ["Shield of faith"]);
  assertEquals(findCreature(next.state, M)?.effects, []);
});

function withFreshTurn(battle: NonNullable<WorldState["battle"]>): NonNullable<WorldState["battle"]> {
  const own = battle.on[M];
  const fresh: Combatant | undefined = own && {
    ...own,
    spellCast: "none",
    budget: { movement: 30, action: 1, bonusAction: 1, reaction: 1, attacks: 0, freeHand: 1 },
  };
  return fresh ? { ...battle, on: { ...battle.on, [M]: fresh } } : battle;
}

Deno.test("a web lies on floor squares and holds who walks into it, until concentration ends", () => {
  const drawn = ["..........", "M.......g.", ".........."];
  const laid = ask(scene(drawn, ["web"], { order: "Mg", foes: { g: "goblin" } }), cast("web", 2, { point: [5, 1] }));
  const [cloud] = eventsOf(laid, "CloudBegan");
  assert(cloud && cloud.cloud.squares.length >= 12);
  assertEquals(findCreature(laid.state, M)?.concentration, cloud.cloud.id);

  const turn = { ...laid.state, battle: laid.state.battle && { ...laid.state.battle, turn: G } };
  let held = false;
  for (let seed = 0; seed < 30 && !held; seed++) {
    const play = playOn(turn, String(seed));
    play.perform({ type: "MoveInBattle", character: G, path: [[7, 1], [6, 1]] });
    assert(eventsOf(play, "CloudTouched").length <= 1);
    held = findCreature(play.state, G)?.effects.some((one) => one.record.condition === "restrained") ?? false;
  }
  assert(held, "one save in thirty must fail");
});

Deno.test("misty step passes over walls it sees past, and lands on free squares only", () => {
  const state = scene(["M.B..g"], ["mistyStep"]);

  const tried = ask(state, cast("mistyStep", 2, { point: [3, 0] }));

  assertEquals(placeOf(tried.state, M), [3, 0]);
  assertEquals(codeOf(state, cast("mistyStep", 2, { point: [2, 0] })), "move/occupied");
});

Deno.test("thunderwave pushes whoever fails straight back, as far as there is room", () => {
  const state = scene([".......", ".Mg....", "......."], ["thunderwave"], { foes: { g: "ogre" } });
  const tried = askUntil(
    state,
    cast("thunderwave", 1, { point: [2, 1] }),
    (one) => eventsOf(one, "SaveRolled").some((save) => !save.ok && save.creature === G),
  );

  assertEquals(placeOf(tried.state, G), [4, 1]);
});

Deno.test("cure wounds brings the fallen round; disciple of life heals more", () => {
  const start = scene(["MB.g"], ["cureWounds"], { mage: { features: ["discipleOfLife"] } });
  const ally = start.characters[B];
  assert(ally);
  const state = { ...start, characters: { ...start.characters, [B]: { ...ally, hp: 0, life: "dying" as const } } };

  const tried = ask(state, cast("cureWounds", 1, { targets: [B] }));

  const [healed] = eventsOf(tried, "Healed");
  assert(healed && healed.amount >= 4);
  assertEquals(findCreature(tried.state, B)?.life, "up");
});

Deno.test("a monster's own spells are counted, not slots", () => {
  const state = parseScene(["a.B"], { party: { B: fighter(B) }, foes: { a: "acolyte" }, order: "aB" });
  const play = playOn(state);
  const bless = { type: "CastSpell", character: n("a"), spell: "bless", slot: 1, targets: [n("a")] } as const;

  assertEquals(play.perform(bless), undefined);

  assertEquals(findCreature(play.state, n("a"))?.used["spell:bless"], 1);
  assertEquals(play.perform(bless)?.code, "magic/no_slot");
});

Deno.test("magicLegal() lists nothing that decide() refuses", () => {
  const all = Object.keys(SPELLS);
  const state = scene([".......", ".MB.g..", "...o..z"], all, {
    mage: {
      features: [
        "secondWind",
        "actionSurge",
        "layOnHands",
        "channelDivinity",
        "turnUndead",
        "divineSmite",
        "cunningAction",
      ],
      hp: 5,
    },
  });
  const intents = legalCommands(state, M).filter((one) => one.type === "CastSpell" || one.type === "UseFeature");
  assert(intents.length > 40);

  for (const intent of intents) {
    assertEquals(permit(state, { type: "system" }, intent), undefined);
    assertEquals(ask(state, intent).rejection, undefined, JSON.stringify(intent));
  }
});

Deno.test("magicLegal() is empty out of turn", () => {
  const state = scene(["MB.g"], ["fireBolt"], { order: "BMg" });

  assertEquals(magicLegal(state, { seat: null, creature: M }), []);
});

Deno.test("planCast() changes nothing and names everyone inside", () => {
  const state = scene(["MBg..."], ["burningHands"]);
  const plan = planCast(state, cast("burningHands", 1, { point: [1, 0] }));

  assert(isPlan(plan));
  assertEquals(plan.targets, [B, G]);
});
