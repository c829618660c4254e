/** What the client shows of the content tables, as one small file beside the script: names, texts, icons and a few numbers. No monster is in it. */
import { BACKGROUND_RECORDS, LINEAGE_RECORDS } from "../engine/content/lineages.ts";
import { CLASS_RECORDS } from "../engine/content/classes.ts";
import { ITEMS, SPELLS } from "../engine/content/mod.ts";
import type { ItemRecord } from "../engine/types/content.ts";
import type { ContentBook } from "../web/content_book.ts";

/** Cuts the tables down to what `web/content_book.ts` names. */
export function bakeContent(texts: string): ContentBook {
  return {
    texts,
    items: Object.fromEntries(
      Object.values(ITEMS).map((item) => [item.id, {
        name: item.name,
        text: item.text,
        icon: item.icon,
        numbers: numbersOf(item),
      }]),
    ),
    spells: Object.fromEntries(
      Object.values(SPELLS).map(({ id, name, text, icon, level, concentration, shape }) => [
        id,
        { name, text, icon, level, concentration, ...(shape === undefined ? {} : { shape }) },
      ]),
    ),
    classes: CLASS_RECORDS.map(({ id, name, text, icon, hitDie, keyScores, arrange, skills }) => ({
      id,
      name,
      text,
      icon,
      hitDie,
      keyScores,
      arrange,
      skills: { choose: skills.choose, from: skills.from },
    })),
    lineages: LINEAGE_RECORDS.map(({ id, name, text, bonuses }) => ({ id, name, text, bonuses })),
    backgrounds: BACKGROUND_RECORDS.map(({ id, name, text }) => ({ id, name, text })),
  };
}

/** The weapon's dice, the armour's class and so on in a few signs, such as "1d8 slashing" or "AC 16". */
function numbersOf(item: ItemRecord): string {
  if (item.weapon !== undefined) {
    const bonus = item.weapon.bonus === undefined ? "" : ` +${item.weapon.bonus}`;
    return `${item.weapon.dice}${bonus} ${item.weapon.type}`;
  }
  if (item.armour !== undefined) return `AC ${item.armour.ac + (item.armour.bonus ?? 0)}`;
  return item.shield === undefined ? "" : `AC +${item.shield.ac}`;
}
