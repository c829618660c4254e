import { assert, assertEquals } from "@std/assert";
import { attackForms } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import { attackOdds } from "../odds/mod.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { circumstances } from "./circumstances.ts";
import { c, fighter, LEVEL, n, parseScene } from "./_testing.ts";

/** A human and an elf against a goblin and a giant rat, which see in the dark, and a bandit, who does not. */
function scene(light: "dark" | "dim" | "bright"): WorldState {
  const party = { f: fighter(c("f")), e: fighter(c("e"), { features: ["darkvision"] }) };
  const state = parseScene(["fgeb"], { party, foes: { g: "goblin", b: "bandit" } });
  const level = state.levels[LEVEL];
  assert(level);
  const zones = Object.fromEntries(Object.entries(level.zones).map(([letter, zone]) => [letter, { ...zone, light }]));
  return { ...state, levels: { [LEVEL]: { ...level, zones } } };
}

function modeOf(state: WorldState, by: CreatureId, target: CreatureId): string {
  const attacker = findCreature(state, by);
  const form = attacker ? attackForms(attacker)[0] : undefined;
  assert(form);
  const { mode, why } = circumstances(state, { by, form, target });
  return `${mode} ${why.filter((one) => one.endsWith("dark")).join(" ")}`.trim();
}

Deno.test("in the dark who cannot see attacks at disadvantage, and who is not seen with advantage (SRD 5.1)", () => {
  const dark = scene("dark");

  assertEquals(modeOf(dark, c("f"), n("g")), "disadvantage -dark");
  assertEquals(modeOf(dark, n("g"), c("f")), "advantage +dark");
  assertEquals(modeOf(dark, c("e"), n("g")), "normal");
  assertEquals(modeOf(dark, c("e"), n("b")), "advantage +dark");
  assertEquals(modeOf(dark, c("f"), n("b")), "normal +dark -dark");
});

Deno.test("a lit torch, a camp fire or a dim zone leave attacks as they are; a torch that has burnt down does not", () => {
  const dark = scene("dark");
  const torch = (until: number) => ({ ...dark, party: { ...dark.party, light: { item: "torch", until } } });
  assert(dark.battle);

  assertEquals(modeOf(torch(dark.clock + 6), c("f"), n("g")), "normal");
  assertEquals(modeOf(torch(dark.clock), c("f"), n("g")), "disadvantage -dark");
  assertEquals(modeOf({ ...dark, battle: { ...dark.battle, camp: true } }, c("f"), n("g")), "normal");
  assertEquals(modeOf(scene("dim"), c("f"), n("g")), "normal");
});

Deno.test("the odds know the dark: the chance to hit is that of the lower of two dice", () => {
  const form = attackForms(fighter(c("f")))[0];
  assert(form);
  const chance = (light: "dark" | "bright") => attackOdds(scene(light), c("f"), form, n("g"))?.hit ?? 0;

  assert(Math.abs(chance("dark") - chance("bright") ** 2) < 1e-9);
});
