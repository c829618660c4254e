import { assert, assertEquals } from "@std/assert";
import type { Effect } from "../types/creature.ts";
import type { EffectId } from "../types/ids.ts";
import type { Condition } from "../types/names.ts";
import { attackForms } from "../character/mod.ts";
import { circumstances } from "./circumstances.ts";
import { ask, askUntil, c, eventsOf, fighter, n, parseScene, type SceneOptions } from "./_testing.ts";

const hero = fighter(c("f"));
const mate = fighter(c("m"));

function lying(condition: Condition): Effect {
  return {
    id: "e_1" as EffectId,
    record: {
      kind: "condition",
      name: condition,
      tags: [],
      condition,
      duration: null,
      stackKey: condition,
      stackRule: "refresh",
      priority: 0,
      dispel: "none",
    },
    source: "test",
    caster: null,
    dc: 10,
    startsAt: 0,
    endsAt: null,
  };
}

const archer = fighter(c("f"), {
  worn: { weaponMain: hero.pack.filter((one) => one.item === "shortbow").map((one) => one.id) },
});

interface Row {
  readonly name: string;
  readonly scene: readonly string[];
  readonly options: SceneOptions;
  readonly mode: "normal" | "advantage" | "disadvantage";
  readonly why: readonly string[];
}

const ROWS: readonly Row[] = [
  { name: "plain", scene: ["fg"], options: {}, mode: "normal", why: [] },
  {
    name: "help gives advantage",
    scene: ["fg"],
    options: { change: { f: { helped: c("m") } } },
    mode: "advantage",
    why: ["+helped"],
  },
  {
    name: "hidden attacker",
    scene: ["fg"],
    options: { change: { f: { hidden: true } } },
    mode: "advantage",
    why: ["+hidden"],
  },
  {
    name: "dodging target",
    scene: ["fg"],
    options: { change: { g: { dodging: true } } },
    mode: "disadvantage",
    why: ["-dodging"],
  },
  {
    name: "help and dodge cancel",
    scene: ["fg"],
    options: { change: { f: { helped: c("m") }, g: { dodging: true } } },
    mode: "normal",
    why: ["+helped", "-dodging"],
  },
  {
    name: "from behind while its facing is held",
    scene: ["fg"],
    options: { change: { g: { facing: "east", heldFacing: true } } },
    mode: "advantage",
    why: ["+rear"],
  },
  {
    name: "from the side of a held facing",
    scene: ["fg"],
    options: { change: { g: { facing: "north", heldFacing: true } } },
    mode: "normal",
    why: [],
  },
  {
    name: "from behind while nothing holds it",
    scene: ["fg"],
    options: { change: { g: { facing: "east" } } },
    mode: "normal",
    why: [],
  },
  {
    name: "prone target from beside",
    scene: ["fg"],
    options: { hurt: { g: { effects: [lying("prone")] } } },
    mode: "advantage",
    why: ["+prone"],
  },
  {
    name: "bow at a prone target",
    scene: ["f..g"],
    options: { party: { f: archer }, hurt: { g: { effects: [lying("prone")] } } },
    mode: "disadvantage",
    why: ["-prone"],
  },
  {
    name: "bow beside an able foe",
    scene: ["fg"],
    options: { party: { f: archer } },
    mode: "disadvantage",
    why: ["-crowded"],
  },
  {
    name: "bow beside a sleeping foe",
    scene: ["gf..h"],
    options: {
      party: { f: archer },
      foes: { h: "goblin", g: "goblin" },
      hurt: { g: { effects: [lying("unconscious")] } },
    },
    mode: "normal",
    why: [],
  },
  {
    name: "bow at long range",
    scene: ["f...................h"],
    options: { party: { f: archer }, foes: { h: "goblin" } },
    mode: "disadvantage",
    why: ["-long"],
  },
  {
    name: "somebody between gives half cover",
    scene: ["f.m.h"],
    options: { party: { f: archer, m: mate }, foes: { h: "goblin" } },
    mode: "normal",
    why: ["cover2"],
  },
];

for (const row of ROWS) {
  Deno.test(`circumstances() of an attack: ${row.name} (SRD 5.1, Combat)`, () => {
    const state = parseScene(row.scene, { party: { f: hero }, foes: { g: "goblin" }, ...row.options });
    const by = state.characters[c("f")];
    const form = by ? attackForms(by)[0] : undefined;
    const target = row.options.foes?.["h"] ? n("h") : n("g");
    assert(form);

    const found = circumstances(state, { by: c("f"), form, target });

    assertEquals({ mode: found.mode, why: found.why }, { mode: row.mode, why: row.why });
  });
}

Deno.test("pack tactics: wolves bite with advantage while a fellow stands beside their prey", () => {
  const state = parseScene(["gfh"], { party: { f: hero }, foes: { g: "wolf", h: "wolf" } });
  const wolf = state.battle?.monsters[n("g")];
  const form = wolf ? attackForms(wolf)[0] : undefined;
  assert(form);

  assertEquals(circumstances(state, { by: n("g"), form, target: c("f") }).why, ["+pack"]);
});

Deno.test("Attack spends the action, carries every number and turns the target to its first attacker", () => {
  const state = parseScene(["fg"], { party: { f: hero }, foes: { g: "goblin" }, change: { g: { facing: "east" } } });

  const tried = ask(state, { type: "Attack", character: c("f"), target: n("g") });

  const [rolled] = eventsOf(tried, "AttackRolled");
  assert(rolled);
  assertEquals(rolled.roll.total, (rolled.roll.kept ?? 0) + rolled.roll.bonus);
  assertEquals(rolled.roll.bonus, 5);
  assertEquals(rolled.hit, rolled.roll.kept === 20 || (rolled.roll.kept !== 1 && rolled.roll.total >= rolled.vs));
  const on = tried.state.battle?.on;
  assertEquals(on?.[c("f")]?.budget.action, 0);
  assertEquals([on?.[n("g")]?.facing, on?.[n("g")]?.heldFacing], ["west", true]);
  assertEquals(
    ask(tried.state, { type: "Attack", character: c("f"), target: n("g") }).rejection?.code,
    "combat/no_action",
  );
});

Deno.test("a natural 20 is a critical and doubles the dice", () => {
  const state = parseScene(["fg"], { party: { f: hero }, foes: { g: "ogre" } });

  const tried = askUntil(
    state,
    { type: "Attack", character: c("f"), target: n("g") },
    (one) => eventsOf(one, "AttackRolled")[0]?.roll.kept === 20,
  );

  assertEquals(eventsOf(tried, "AttackRolled")[0]?.critical, true);
  assertEquals(eventsOf(tried, "DamageRolled")[0]?.parts[0]?.roll.rolls.length, 2);
});

Deno.test("a natural 1 misses whatever the bonus", () => {
  const state = parseScene(["fg"], { party: { f: hero }, foes: { g: "zombie" } });

  const tried = askUntil(
    state,
    { type: "Attack", character: c("f"), target: n("g") },
    (one) => eventsOf(one, "AttackRolled")[0]?.roll.kept === 1,
  );

  assertEquals(eventsOf(tried, "AttackRolled")[0]?.hit, false);
  assertEquals(eventsOf(tried, "DamageRolled"), []);
});

Deno.test("finishing blow: a hit on a helpless ordinary foe is critical and slays it at a third of its hit points", () => {
  const asleep = { g: { effects: [lying("unconscious")], hp: 30, maxHp: 59 } };
  const state = parseScene(["fg"], { party: { f: hero }, foes: { g: "ogre" }, hurt: asleep });

  const tried = askUntil(
    state,
    { type: "Attack", character: c("f"), target: n("g") },
    (one) => eventsOf(one, "DamageTaken").some((event) => event.hp > 0 && event.hp <= 19),
  );

  assertEquals(eventsOf(tried, "AttackRolled")[0]?.critical, true);
  assertEquals(eventsOf(tried, "LifeChanged").map((event) => event.why), ["slain"]);
});

Deno.test("a boss is not slain by a finishing blow", () => {
  const state = parseScene(["fg"], {
    party: { f: hero },
    foes: { g: "ogre" },
    boss: true,
    hurt: { g: { effects: [lying("unconscious")], hp: 30, maxHp: 59, leader: true } },
  });

  const tried = askUntil(
    state,
    { type: "Attack", character: c("f"), target: n("g") },
    (one) => eventsOf(one, "DamageTaken").some((event) => event.hp > 0 && event.hp <= 19),
  );

  assertEquals(eventsOf(tried, "LifeChanged"), []);
});

const thief = fighter(c("f"), {
  classes: [{ id: "thief", level: 3 }],
  features: ["sneakAttack"],
  pack: [{ id: "i_d" as never, item: "dagger", count: 1 }],
  worn: { weaponMain: ["i_d" as never] },
});

Deno.test("sneak attack: 2d6 at level 3 beside a friend's foe, once a turn (SRD 5.1, Rogue)", () => {
  const state = parseScene([".m", "fg"], { party: { f: thief, m: mate }, foes: { g: "ogre" } });

  const tried = askUntil(
    state,
    { type: "Attack", character: c("f"), target: n("g") },
    (one) => eventsOf(one, "AttackRolled")[0]?.hit === true && eventsOf(one, "AttackRolled")[0]?.critical === false,
  );

  const sneak = eventsOf(tried, "DamageRolled")[0]?.parts.find((part) => part.from === "sneakAttack");
  assertEquals(sneak?.roll.dice, "2d6");
  assertEquals(tried.state.battle?.on[c("f")]?.sneakUsed, true);
});

Deno.test("sneak attack needs an opening", () => {
  const state = parseScene(["fg"], { party: { f: thief }, foes: { g: "ogre" } });

  const tried = askUntil(
    state,
    { type: "Attack", character: c("f"), target: n("g") },
    (one) => eventsOf(one, "AttackRolled")[0]?.hit === true,
  );

  assertEquals(eventsOf(tried, "DamageRolled")[0]?.parts.map((part) => part.from).includes("sneakAttack"), false);
});

Deno.test("a shot uses up an arrow; without one it is refused", () => {
  const state = parseScene(["f....g"], { party: { f: archer }, foes: { g: "goblin" } });

  const tried = ask(state, { type: "Attack", character: c("f"), target: n("g") });

  assertEquals(eventsOf(tried, "AmmunitionSpent").map((event) => event.left), [19]);
  const empty = fighter(c("f"), { worn: archer.worn, pack: archer.pack.filter((one) => one.item !== "arrow") });
  const dry = parseScene(["f....g"], { party: { f: empty }, foes: { g: "goblin" } });
  assertEquals(
    ask(dry, { type: "Attack", character: c("f"), target: n("g"), weapon: "c_f_bow" as never }).rejection?.code,
    "combat/no_ammunition",
  );
});

const REFUSALS: readonly {
  readonly name: string;
  readonly scene: readonly string[];
  readonly target: string;
  readonly code: string;
}[] = [
  { name: "out of reach", scene: ["f.g"], target: "n_g", code: "combat/out_of_range" },
  { name: "no such creature", scene: ["fg"], target: "n_x", code: "combat/bad_target" },
  { name: "a friend", scene: ["fmg"], target: "c_m", code: "combat/bad_target" },
  { name: "oneself", scene: ["fg"], target: "c_f", code: "combat/bad_target" },
];

for (const row of REFUSALS) {
  Deno.test(`decide() rejects an attack: ${row.name}`, () => {
    const state = parseScene(row.scene, {
      party: { f: hero, ...(row.scene[0]?.includes("m") ? { m: mate } : {}) },
      foes: { g: "goblin" },
    });

    const tried = ask(state, { type: "Attack", character: c("f"), target: row.target as never });

    assertEquals(tried.rejection?.code, row.code);
    assertEquals(tried.state, state);
  });
}

Deno.test("decide() rejects a shot through a wall", () => {
  const state = parseScene(["###", "f#g", "###"], { party: { f: archer }, foes: { g: "goblin" } });
  assertEquals(
    ask(state, { type: "Attack", character: c("f"), target: n("g") }).rejection?.code,
    "combat/no_line_of_sight",
  );
});

Deno.test("a hidden foe cannot be aimed at, until somebody walks up to where it is in plain view", () => {
  const state = parseScene(["f..g"], { party: { f: hero }, foes: { g: "goblin" }, change: { g: { hidden: true } } });
  const intent = { type: "Attack", character: c("f"), target: n("g") } as const;
  assertEquals(ask(state, intent).rejection?.code, "combat/no_line_of_sight");

  const near = ask(state, { type: "MoveInBattle", character: c("f"), path: [[1, 0], [2, 0]] });

  assertEquals(near.state.battle?.on[n("g")]?.hidden, false);
});

Deno.test("the off hand strikes with the bonus action after an attack with the main hand", () => {
  const two = fighter(c("f"), {
    pack: [{ id: "i_1" as never, item: "shortsword", count: 1 }, { id: "i_2" as never, item: "dagger", count: 1 }],
    worn: { weaponMain: ["i_1" as never], weaponOff: ["i_2" as never] },
  });
  const state = parseScene(["fg"], { party: { f: two }, foes: { g: "ogre" } });
  const off = { type: "Attack", character: c("f"), target: n("g"), hand: "off" } as const;
  assertEquals(ask(state, off).rejection?.code, "combat/no_action");

  const first = ask(state, { type: "Attack", character: c("f"), target: n("g") });
  const second = ask(first.state, off);

  assertEquals(second.rejection, undefined);
  assertEquals(second.state.battle?.on[c("f")]?.budget.bonusAction, 0);
  assertEquals(ask(second.state, off).rejection?.code, "combat/no_bonus_action");
});

Deno.test("a monster's attacks of one action go in their order", () => {
  const state = parseScene(["fg"], {
    party: { f: fighter(c("f"), { hp: 90, maxHp: 90 }) },
    foes: { g: "ghast" },
    order: "gf",
  });

  const tried = ask(state, { type: "AiTurn", creature: n("g"), round: 1 });

  assertEquals(tried.rejection, undefined);
  assert(eventsOf(tried, "AttackRolled").length >= 1);
});
