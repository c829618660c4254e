import type { CreatureId } from "../../../engine/types/ids.ts";
import { itemName, spellName, spellRecord } from "../../content.ts";
import { t, wordsOf } from "../../text/text.ts";
import type { Game, MenuLine } from "../game.ts";
import { oddsText, type OptionOf, optionsOf, type Verb } from "./verb.ts";

/** Cast: choose the spell, then slot and target or point, with the odds on every line. */
export function castVerb(game: Game): Verb {
  const casts = optionsOf(game, "CastSpell");
  const spells = [...new Set(casts.map((one) => one.intent.spell))];
  return {
    id: "cast",
    label: t("verb-cast"),
    key: "c",
    icon: "spell-book",
    enabled: spells.length > 0,
    ...(spells.length > 0 ? {} : { why: t("why-cast") }),
    run: () =>
      game.menu.value = {
        title: t("verb-cast"),
        lines: spells.map((spell) => spellLine(game, spell, casts.filter((one) => one.intent.spell === spell))),
      },
  };
}

function spellLine(game: Game, spell: string, casts: readonly OptionOf<"CastSpell">[]): MenuLine {
  const record = spellRecord(spell);
  const detail = [
    record === undefined || record.level === 0 ? t("cantrip") : t("spell-level", { level: record.level }),
    record?.concentration === true ? t("spell-concentration") : "",
    record?.text ?? "",
  ].filter((part) => part !== "").join(" · ");
  return {
    label: spellName(spell),
    detail,
    icon: record?.icon ?? "magic-swirl",
    run: () => {
      const single = casts.length === 1 ? casts[0] : undefined;
      if (single !== undefined && (single.intent.targets?.length ?? 0) <= 1 && single.intent.point === undefined) {
        const whom = single.intent.targets?.[0];
        if (whom === undefined || whom === single.intent.character) return void game.act(single.intent);
      }
      const aim = aimLine(game, spell, casts);
      game.menu.value = {
        title: t("cast-at", { spell: spellName(spell) }),
        lines: [...aim, ...casts.slice(0, 40).map((one) => castLine(game, one))],
      };
    },
  };
}

function castLine(game: Game, option: OptionOf<"CastSpell">): MenuLine {
  const { intent } = option;
  const names = (intent.targets ?? []).map((id) => game.nameOf(id)).join(", ");
  const point = intent.point === undefined ? "" : t("square", { x: intent.point[0], y: intent.point[1] });
  const inside = (option.forecast?.inside ?? []).map((id) => game.nameOf(id)).join(", ");
  const about = intent.targets?.[0];
  return {
    label: [names, point].filter((part) => part !== "").join(" ") || t("cast-now"),
    detail: [intent.slot > 0 ? t("with-slot", { level: intent.slot }) : "", oddsText(option), inside]
      .filter((part) => part !== "").join(" · "),
    ...(about === undefined ? {} : { about }),
    run: () => void game.act(intent),
  };
}

function aimLine(game: Game, spell: string, casts: readonly OptionOf<"CastSpell">[]): readonly MenuLine[] {
  const first = casts.find((one) => one.intent.point !== undefined);
  if (first === undefined || game.view.value?.combat === null) return [];
  const shape = spellRecord(spell)?.shape;
  const radius = shape?.type === "sphere"
    ? Math.round(shape.radius / 5)
    : shape?.type === "cube"
    ? Math.round(shape.side / 10)
    : 0;
  return [{
    label: t("cast-aim"),
    icon: "targeting",
    run: () =>
      game.aim.value = {
        title: t("cast-aim-title", { spell: spellName(spell) }),
        radius,
        choose: (square) => void game.act({ ...first.intent, point: square }),
      },
  }];
}

/** Use: things in the pack that do something now. */
export function useVerb(game: Game): Verb {
  const uses = optionsOf(game, "UseItem");
  const pack = game.active.value?.pack ?? {};
  return {
    id: "use",
    label: t("verb-use"),
    key: "u",
    icon: "potion-ball",
    enabled: uses.length > 0,
    ...(uses.length > 0 ? {} : { why: t("why-use") }),
    run: () =>
      game.menu.value = {
        title: t("verb-use"),
        lines: uses.map((option) => {
          const { item, target } = option.intent;
          const name = itemName(pack[item]?.item ?? item);
          return {
            label: target === undefined || target === option.intent.character
              ? t("use-self", { item: name })
              : t("use-on", { item: name, whom: game.nameOf(target) }),
            detail: oddsText(option),
            ...(target === undefined ? {} : { about: target }),
            run: () => void game.act(option.intent),
          };
        }),
      },
  };
}

/** Class features: second wind, turn undead, lay on hands and so on. */
export function featureVerb(game: Game): Verb {
  const features = optionsOf(game, "UseFeature");
  return {
    id: "feature",
    label: t("verb-feature"),
    key: game.view.value?.mode === "battle" ? "f" : "x",
    icon: "prayer",
    enabled: features.length > 0,
    ...(features.length > 0 ? {} : { why: t("why-feature") }),
    run: () =>
      game.menu.value = {
        title: t("verb-feature"),
        lines: features.map((option) => {
          const { feature, target, amount, choice } = option.intent;
          const whom: CreatureId | undefined = target;
          return {
            label: [
              wordsOf(feature),
              choice === undefined ? "" : wordsOf(choice).toLowerCase(),
              amount === undefined ? "" : String(amount),
              whom === undefined || whom === option.intent.character ? "" : t("on-whom", { whom: game.nameOf(whom) }),
            ].filter((part) => part !== "").join(" "),
            detail: oddsText(option),
            ...(whom === undefined ? {} : { about: whom }),
            run: () => void game.act(option.intent),
          };
        }),
      },
  };
}
