import { assert, assertEquals } from "@std/assert";
import { attackForms } from "../character/mod.ts";
import { ask, c, fighter, parseScene } from "../combat/_testing.ts";
import type { Character } from "../types/creature.ts";
import type { PlayerIntent } from "../types/command.ts";

const H = c("h");

function paladin(change: Partial<Character> = {}): Character {
  return fighter(H, {
    classes: [{ id: "paladin", level: 3 }],
    features: ["channelDivinity", "sacredWeapon", "turnUndead"],
    abilities: { str: 16, dex: 10, con: 14, int: 10, wis: 10, cha: 16 },
    ...change,
  });
}

function channel(choice: string): PlayerIntent {
  return { type: "UseFeature", character: H, feature: "channelDivinity", choice };
}

Deno.test("sacred weapon adds CHA to weapon attacks for a minute, for an action, once per rest", () => {
  const state = parseScene(["H.g"], { party: { H: paladin() }, foes: { g: "goblin" } });
  const before = attackForms(paladin())[0]?.toHit ?? 0;

  const tried = ask(state, channel("sacredWeapon"));

  const one = tried.state.characters[H];
  assert(one);
  assertEquals(attackForms(one)[0]?.toHit, before + 3);
  assertEquals(tried.state.battle?.on[H]?.budget.action, 0);
  assertEquals(one.used["channelDivinity"], 1);
});

Deno.test("a paladin turns fiends, a cleric does not", () => {
  const against = (one: Character) => {
    const state = parseScene(["H.i"], { party: { H: one }, foes: { i: "imp" } });
    return ask(state, channel("turnUndead")).rejection?.code;
  };
  assertEquals(against(paladin()), undefined);
  assertEquals(against(paladin({ classes: [{ id: "cleric", level: 3 }] })), "magic/bad_target");
});
