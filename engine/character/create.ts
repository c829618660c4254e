/** Making a character at level 1 (game design 5; SRD 5.1, Beyond 1st Level). Belongs to an account: no world is involved. */
import { background, classOf, hasSpell, lineage, spell } from "../content/mod.ts";
import { reject } from "../core/rule.ts";
import type { Character } from "../types/creature.ts";
import type { AccountId, CreatureId } from "../types/ids.ts";
import type { Ability, BackgroundId, ClassId, CreationMethod, LineageId, Scores, Skill } from "../types/names.ts";
import type { Rejection } from "../types/rejection.ts";
import { maxSlots } from "./casting.ts";
import { choicesAt, takeChoices } from "./choices.ts";
import { allSkills } from "./derive.ts";
import { filled } from "./grow.ts";
import { kitOf } from "./kit.ts";
import { startingScores } from "./methods.ts";
import { modifier } from "./scores.ts";
import { classCantrips, learn } from "./spellbook.ts";

export interface CreationIntent {
  readonly name: string;
  readonly class: ClassId;
  readonly lineage: LineageId;
  readonly background: BackgroundId;
  readonly method: CreationMethod;
  /** `roll`, `standard`: the abilities in order of the values, highest value first. Absent: as the class likes it. */
  readonly assign?: readonly Ability[];
  /** `roll`: which of the rolled sets; absent: the newest. */
  readonly set?: number;
  readonly scores?: Scores;
  readonly skills?: readonly Skill[];
  /** Cantrips and spells in one list; what is missing comes from the class's usual ones. */
  readonly spells?: readonly string[];
  readonly choices?: Readonly<Record<string, string>>;
  readonly icon?: string;
  readonly colours?: readonly [string, string];
}

export interface CreationInput {
  readonly intent: CreationIntent;
  readonly id: CreatureId;
  readonly account: AccountId;
  /** Score sets the account has rolled. */
  readonly rolls: readonly (readonly number[])[];
}

export type Creation =
  | { readonly ok: true; readonly character: Character }
  | { readonly ok: false; readonly rejection: Rejection };

const COLOURS: readonly [string, string] = ["#8b5a2b", "#e8c872"];

/** A sheet ready to play, dressed and with its spells prepared; or the reason why not. Draws no chance. */
export function createCharacter(input: CreationInput): Creation {
  const made = make(input);
  return "code" in made ? { ok: false, rejection: made } : { ok: true, character: made };
}

function make({ intent, id, account, rolls }: CreationInput): Character | Rejection {
  const name = intent.name.normalize("NFC").trim();
  if (!isName(name)) return reject("character/bad_name", { least: 1, most: 24 });
  const scores = startingScores(intent, rolls);
  if ("code" in scores) return scores;
  const record = classOf(intent.class);
  const kin = lineage(intent.lineage);
  const abilities = withBonuses(scores, kin.bonuses);
  const chosen = chosenSkills(intent);
  if (!chosen) return reject("character/bad_choice", { skills: record.skills.choose });
  const skills = allSkills(intent, chosen);
  const choices = takeChoices(choicesAt(intent.class, 1, skills), intent.choices);
  if (!choices) return reject("character/bad_choice");
  const classes = [{ id: intent.class, level: 1 }];
  const magic = chosenSpells(intent, classes);
  if (!magic) return reject("character/bad_choice", { spells: [...(intent.spells ?? [])] });
  const features = [...kin.features, ...(record.features[0] ?? [])];
  const tough = features.includes("toughness") ? 1 : 0;
  const maxHp = Math.max(1, record.hitDie + modifier(abilities.con)) + tough;
  const { pack, worn } = kitOf(id, record.kit, background(intent.background).item);
  const sheet: Character = {
    type: "character",
    id,
    name,
    account,
    seat: null,
    lineage: intent.lineage,
    background: intent.background,
    classes,
    xp: 0,
    abilities,
    skills,
    features,
    choices,
    hp: maxHp,
    maxHp,
    tempHp: 0,
    life: "up",
    effects: [],
    slots: maxSlots({ classes }),
    used: {},
    concentration: null,
    hitDice: 1,
    deathSaves: { successes: 0, failures: 0 },
    pack,
    worn,
    cantrips: magic.cantrips,
    spells: magic.spells,
    prepared: magic.prepared,
    policy: { opportunity: "always", shield: "ask" },
    quick: false,
    missed: 0,
    appearance: { icon: intent.icon ?? record.icon, colours: intent.colours ?? COLOURS },
    lastLongRest: null,
  };
  return { ...sheet, prepared: filled(sheet) };
}

/** 1-24 visible characters of any script, with space, hyphen and apostrophe. */
function isName(text: string): boolean {
  const visible = [...text].filter((sign) => !/\p{M}/u.test(sign)).length;
  return visible >= 1 && visible <= 24 && /^[\p{L}\p{M}\p{N} '’-]+$/u.test(text) && /[\p{L}\p{N}]/u.test(text);
}

function withBonuses(scores: Scores, bonuses: Partial<Record<Ability, number>>): Scores {
  const add = (ability: Ability) => Math.min(20, scores[ability] + (bonuses[ability] ?? 0));
  return { str: add("str"), dex: add("dex"), con: add("con"), int: add("int"), wis: add("wis"), cha: add("cha") };
}

/** As many class skills as the class gives; those already held by birth or background are replaced by usual ones. */
function chosenSkills(intent: CreationIntent): readonly Skill[] | undefined {
  const { choose, from, usual } = classOf(intent.class).skills;
  const wanted = intent.skills ?? [];
  if (wanted.length > choose || wanted.some((one) => !from.includes(one))) return undefined;
  if (new Set(wanted).size !== wanted.length) return undefined;
  const held = allSkills(intent, []);
  const order = [...wanted, ...usual, ...from].filter((one) => !held.includes(one));
  return [...new Set(order)].slice(0, choose);
}

interface Magic {
  readonly cantrips: readonly string[];
  readonly spells: readonly string[];
  readonly prepared: readonly string[];
}

function chosenSpells(intent: CreationIntent, classes: Character["classes"]): Magic | undefined {
  const wanted = intent.spells ?? [];
  if (wanted.some((id) => !hasSpell(id))) return undefined;
  const record = classOf(intent.class);
  const born = lineage(intent.lineage).cantrip;
  const open = classCantrips(intent.class);
  const most = record.spellcasting?.cantrips[0] ?? 0;
  const small = wanted.filter((id) => spell(id).level === 0);
  if (small.length > most || small.some((id) => !open.includes(id))) return undefined;
  const usual = [...small, ...(record.spellcasting?.startingSpells ?? []), ...open];
  const taught = [...new Set(usual)].filter((id) => open.includes(id) && id !== born).slice(0, most);
  const great = wanted.filter((id) => spell(id).level > 0);
  const spells = learn({ classes }, [], great);
  if (!spells) return undefined;
  return { cantrips: born ? [born, ...taught] : taught, spells, prepared: great };
}
