/** Class choices: which there are at a level, and what a character takes when nothing is said. */
import type { ClassId, Skill } from "../types/names.ts";
import { CREATURE_TYPES } from "../types/content.ts";

/** Fighting styles in play (SRD 5.1). */
export const FIGHTING_STYLES = ["archery", "defence", "duelling", "twoWeapon"] as const;

interface Choice {
  readonly name: string;
  readonly from: readonly string[];
  readonly usual: string;
}

const STYLES: Readonly<
  Partial<Record<ClassId, { readonly level: number; readonly from: readonly string[]; readonly usual: string }>>
> = {
  fighter: { level: 1, from: FIGHTING_STYLES, usual: "duelling" },
  ranger: { level: 2, from: FIGHTING_STYLES, usual: "archery" },
  paladin: { level: 2, from: ["defence", "duelling"], usual: "duelling" },
};

/** Choices a class makes on reaching a level. `skills` are those known then; a thief's expertise is among them. */
export function choicesAt(id: ClassId, level: number, skills: readonly Skill[]): readonly Choice[] {
  const out: Choice[] = [];
  const style = STYLES[id];
  if (style?.level === level) out.push({ name: "fightingStyle", from: style.from, usual: style.usual });
  if (id === "thief" && level === 1) {
    const usual = ["stealth", "perception", ...skills].filter((one) => skills.some((skill) => skill === one));
    const [first, second] = [...new Set(usual)];
    out.push({ name: "expertise1", from: skills, usual: first ?? "stealth" });
    out.push({ name: "expertise2", from: skills, usual: second ?? "perception" });
  }
  if (id === "ranger" && level === 1) out.push({ name: "favouredEnemy", from: CREATURE_TYPES, usual: "undead" });
  if (id === "ranger" && level === 3) out.push({ name: "hunter", from: ["colossusSlayer"], usual: "colossusSlayer" });
  return out;
}

/** The choices taken, or undefined when one is not to be had. Names nobody asks for are refused too. */
export function takeChoices(
  open: readonly Choice[],
  wanted: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> | undefined {
  if (Object.keys(wanted).some((name) => !open.some((one) => one.name === name))) return undefined;
  const taken = open.map((one) => ({ ...one, value: wanted[one.name] ?? one.usual }));
  if (taken.some((one) => !one.from.includes(one.value))) return undefined;
  const values = Object.fromEntries(taken.map((one) => [one.name, one.value]));
  if (values["expertise1"] !== undefined && values["expertise1"] === values["expertise2"]) return undefined;
  return values;
}
