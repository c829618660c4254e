import { assert, assertEquals } from "@std/assert";
import { ask, askUntil, c, eventsOf, fighter, n, parseScene, playOn, type SceneOptions } from "../combat/_testing.ts";
import { findCreature } from "../core/fold.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Character } from "../types/creature.ts";
import type { ClassId } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";
import { recovered } from "./recovery.ts";

const H = c("h");
const B = c("b");
const G = n("g");

function scene(
  drawn: readonly string[],
  as: ClassId,
  features: readonly string[],
  change: Partial<Character> = {},
  options: SceneOptions = {},
): WorldState {
  const hero = fighter(H, { classes: [{ id: as, level: 3 }], features, hp: 8, maxHp: 24, ...change });
  return parseScene(drawn, {
    party: { H: hero, B: fighter(B) },
    foes: { g: "goblin", z: "zombie", s: "skeleton" },
    ...options,
  });
}

type Use = Extract<PlayerIntent, { type: "UseFeature" }>;

function use(feature: string, more: Partial<Omit<Use, "type" | "character" | "feature">> = {}): Use {
  return { type: "UseFeature", character: H, feature, ...more };
}

Deno.test("second wind heals 1d10 and the level by a bonus action, once per rest", () => {
  const first = ask(scene(["HBg"], "fighter", ["secondWind"]), use("secondWind"));

  const healed = eventsOf(first, "Healed")[0]?.amount ?? 0;
  assert(healed >= 4 && healed <= 13);
  assertEquals(first.state.battle?.on[H]?.budget.bonusAction, 0);
  const again = { ...first.state, battle: null, mode: "explore" as const };
  assertEquals(ask(again, use("secondWind")).rejection?.code, "character/feature_spent");
});

Deno.test("action surge gives an action more, once per rest", () => {
  const tried = ask(scene(["HBg"], "fighter", ["actionSurge"]), use("actionSurge"));

  assertEquals(tried.state.battle?.on[H]?.budget.action, 2);
  assertEquals(ask(tried.state, use("actionSurge")).rejection?.code, "character/feature_spent");
});

Deno.test("lay on hands spends points of its pool on who is within touch", () => {
  const state = scene(["HBg"], "paladin", ["layOnHands"]);

  const tried = ask(state, use("layOnHands", { target: H, amount: 6 }));

  assertEquals([findCreature(tried.state, H)?.hp, findCreature(tried.state, H)?.used["layOnHands"]], [14, 6]);
  assertEquals(ask(state, use("layOnHands", { target: H, amount: 16 })).rejection?.code, "character/feature_spent");
  const apart = scene(["H..Bg"], "paladin", ["layOnHands"]);
  assertEquals(ask(apart, use("layOnHands", { target: B, amount: 1 })).rejection?.code, "combat/not_adjacent");
});

Deno.test("turn undead frightens the undead in sight until they are hurt, and nobody else", () => {
  const state = scene(["H.zg", "B..s"], "cleric", ["channelDivinity", "turnUndead"], {
    abilities: { str: 10, dex: 10, con: 10, int: 10, wis: 20, cha: 10 },
  });

  const tried = askUntil(
    state,
    use("channelDivinity", { choice: "turnUndead" }),
    (one) => eventsOf(one, "EffectBegan").length === 2,
  );

  assertEquals(eventsOf(tried, "SaveRolled").map((event) => event.creature), [n("z"), n("s")]);
  assertEquals(findCreature(tried.state, G)?.effects, []);
  assertEquals(ask(tried.state, use("channelDivinity", { choice: "turnUndead" })).rejection?.code, "combat/no_action");
});

Deno.test("preserve life shares five points a level, none above half", () => {
  const state = scene(["HBg"], "cleric", ["channelDivinity", "discipleOfLife"], { hp: 2 });

  const tried = ask(state, use("channelDivinity", { choice: "preserveLife" }));

  assertEquals([findCreature(tried.state, H)?.hp, findCreature(tried.state, B)?.hp], [12, 12]);
});

Deno.test("a declared smite waits for the next hit in melee and burns the undead worse", () => {
  const state = scene(["HzB"], "paladin", ["divineSmite"], { slots: [3] });

  const declared = ask(state, use("divineSmite"));
  assertEquals(findCreature(declared.state, H)?.slots, [2]);
  assertEquals(ask(declared.state, use("divineSmite")).rejection?.code, "character/feature_spent");

  const blow = askUntil(
    declared.state,
    { type: "Attack", character: H, target: n("z") },
    (one) => eventsOf(one, "AttackRolled").some((event) => event.hit && !event.critical),
  );
  const radiant = eventsOf(blow, "DamageRolled")[0]?.parts.filter((part) => part.kind === "radiant") ?? [];
  assertEquals(radiant.map((part) => part.roll.dice), ["2d8", "1d8"]);
  assertEquals(findCreature(blow.state, H)?.effects, []);

  const miss = askUntil(
    declared.state,
    { type: "Attack", character: H, target: n("z") },
    (one) => eventsOf(one, "AttackRolled").some((event) => !event.hit),
  );
  assertEquals(findCreature(miss.state, H)?.effects.length, 1);
});

Deno.test("cunning action dashes, slips away or hides with the bonus action", () => {
  const open = scene(["H....g", "B....."], "thief", ["cunningAction"]);

  assertEquals(ask(open, use("cunningAction", { choice: "dash" })).state.battle?.on[H]?.budget.movement, 60);
  assertEquals(ask(open, use("cunningAction", { choice: "slip" })).state.battle?.on[H]?.slipping, true);
  assertEquals(ask(open, use("cunningAction", { choice: "hide" })).rejection?.code, "combat/bad_target");
  assertEquals(ask(open, use("cunningAction", { choice: "fly" })).rejection?.code, "character/bad_choice");

  const behind = scene(["H.#..g", "B.#..."], "thief", ["cunningAction"]);
  const hidden = askUntil(
    behind,
    use("cunningAction", { choice: "hide" }),
    (one) => one.state.battle?.on[H]?.hidden === true,
  );
  assertEquals(eventsOf(hidden, "CheckRolled")[0]?.check, "stealth");
});

Deno.test("arcane recovery gives back slots worth half the level, in camp, once", () => {
  const battle = scene(["HBg"], "mage", ["arcaneRecovery"], { slots: [1, 1] });
  assertEquals(ask(battle, use("arcaneRecovery")).rejection?.code, "magic/not_here");

  const camp = { ...battle, battle: null, mode: "camp" as const };
  const tried = ask(camp, use("arcaneRecovery"));

  assertEquals(findCreature(tried.state, H)?.slots, [1, 2]);
  assertEquals(ask(tried.state, use("arcaneRecovery")).rejection?.code, "character/feature_spent");
});

Deno.test("recovered() never gives more than there is room for", () => {
  const mage = fighter(H, { classes: [{ id: "mage", level: 3 }], slots: [4, 1] });

  assertEquals(recovered(mage), [4, 2]);
  assertEquals(recovered({ ...mage, slots: [4, 2] }), [4, 2]);
});

Deno.test("UseFeature refuses what the creature has not, or cannot do now", () => {
  const state = scene(["HBg"], "fighter", []);

  assertEquals(ask(state, use("secondWind")).rejection?.code, "character/no_feature");
  assertEquals(ask(state, use("flight")).rejection?.code, "character/no_feature");
  assertEquals(ask(state, use("constructor")).rejection?.code, "character/no_feature");
});

Deno.test("the aggressive run on with their bonus action, others do not", () => {
  const play = playOn(parseScene(["o..........B"], { party: { B: fighter(B) }, foes: { o: "orc" }, order: "oB" }));
  const charge = { type: "UseFeature", character: n("o"), feature: "aggressive" } as const;

  assertEquals(play.perform(charge), undefined);
  assertEquals(play.state.battle?.on[n("o")]?.budget.movement, 60);
  assertEquals(play.perform(charge)?.code, "combat/no_bonus_action");
  assertEquals(play.perform({ ...charge, character: B })?.code, "character/no_feature");
});
