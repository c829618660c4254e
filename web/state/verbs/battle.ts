import type { CreatureId } from "../../../engine/types/ids.ts";
import { itemName, itemNumbers } from "../../content.ts";
import { t } from "../../text/text.ts";
import type { Game, MenuLine } from "../game.ts";
import { castVerb, featureVerb, useVerb } from "./powers.ts";
import { oddsText, type OptionOf, optionsOf, simple, type Verb } from "./verb.ts";

/** The verbs of a battle. What is greyed says why: not your turn, or what of the budget is gone. */
export function battleVerbs(game: Game): readonly Verb[] {
  const combat = game.view.value?.combat;
  const who = game.active.value;
  if (combat === null || combat === undefined || who === undefined) return [];
  if (combat.prompt !== null && combat.prompt.creature === who.id) return promptVerbs(game, combat.prompt.type);
  const yours = combat.turn === who.id;
  const spent = (combat.on[who.id]?.budget?.action ?? 0) === 0;
  const why = !yours
    ? t("why-turn", { who: combat.turn === null ? t("somebody") : game.nameOf(combat.turn) })
    : spent
    ? t("why-action")
    : undefined;
  const one = (id: string, key: string, icon: string, type: "Dash" | "Dodge" | "Slip" | "Guard" | "StandUp") =>
    simple(game, { id, key, icon, why: why ?? t(`why-${id}`) }, optionsOf(game, type)[0]?.intent);
  return [
    attackVerb(game, why),
    withWhy(castVerb(game), why),
    withWhy(useVerb(game), yours ? undefined : why),
    withWhy(featureVerb(game), yours ? undefined : why),
    swap(game, yours ? undefined : why),
    one("dash", "r", "run", "Dash"),
    one("slip", "s", "walking-boot", "Slip"),
    one("dodge", "o", "dodging", "Dodge"),
    one("guard", "g", "checked-shield", "Guard"),
    ally(game, "help", "h", "guards", optionsOf(game, "Help"), why),
    ally(game, "bandage", "b", "bandage-roll", optionsOf(game, "Bandage"), why),
    delay(game, why),
    ...doors(game),
    ...(optionsOf(game, "StandUp").length > 0 ? [one("stand", "z", "upgrade", "StandUp")] : []),
    quick(game),
    ...quickAll(game),
    simple(
      game,
      { id: "end-turn", key: "e", icon: "hourglass", why: why ?? t("why-now") },
      optionsOf(game, "EndTurn")[0]?.intent,
    ),
  ];
}

/** Lines of the attack menu, for all foes or one. */
export function attackLines(game: Game, target?: CreatureId): readonly MenuLine[] {
  return optionsOf(game, "Attack").filter((one) => target === undefined || one.intent.target === target).map((one) => ({
    label: t(one.intent.hand === "off" ? "attack-off" : "attack-whom", { whom: game.nameOf(one.intent.target) }),
    detail: oddsText(one),
    icon: "crossed-swords",
    about: one.intent.target,
    run: () => void game.act(one.intent),
  }));
}

/** What one may do to a creature that was tapped on the map. */
export function linesAbout(game: Game, target: CreatureId): readonly MenuLine[] {
  const casts = optionsOf(game, "CastSpell").filter((one) =>
    one.intent.targets?.length === 1 && one.intent.targets[0] === target
  );
  return [
    ...attackLines(game, target),
    ...casts.map((one) => ({
      label: t("cast-at-whom", { spell: spellLabel(one), whom: game.nameOf(target) }),
      detail: oddsText(one),
      icon: "spell-book",
      about: target,
      run: () => void game.act(one.intent),
    })),
    ...optionsOf(game, "Help").filter((one) => one.intent.ally === target).map((one) => ({
      label: t("help-whom", { whom: game.nameOf(target) }),
      icon: "guards",
      run: () => void game.act(one.intent),
    })),
    ...optionsOf(game, "Bandage").filter((one) => one.intent.ally === target).map((one) => ({
      label: t("bandage-whom", { whom: game.nameOf(target) }),
      icon: "bandage-roll",
      run: () => void game.act(one.intent),
    })),
  ];
}

function spellLabel(option: OptionOf<"CastSpell">): string {
  return `${option.intent.spell.charAt(0).toUpperCase()}${
    option.intent.spell.slice(1).replace(/([A-Z])/g, " $1").toLowerCase()
  }`;
}

function attackVerb(game: Game, why: string | undefined): Verb {
  const lines = attackLines(game);
  return {
    id: "attack",
    label: t("verb-attack"),
    key: "a",
    icon: "crossed-swords",
    enabled: lines.length > 0,
    ...(lines.length > 0 ? {} : { why: why ?? t("why-attack") }),
    run: () => game.menu.value = { title: t("verb-attack"), lines },
  };
}

function ally(
  game: Game,
  id: "help" | "bandage",
  key: string,
  icon: string,
  options: readonly (OptionOf<"Help"> | OptionOf<"Bandage">)[],
  why: string | undefined,
): Verb {
  return {
    id,
    label: t(`verb-${id}`),
    key,
    icon,
    enabled: options.length > 0,
    ...(options.length > 0 ? {} : { why: why ?? t(`why-${id}`) }),
    run: () =>
      game.menu.value = {
        title: t(`verb-${id}`),
        lines: options.map(({ intent }) => ({
          label: t(`${id}-whom`, { whom: game.nameOf(intent.ally) }),
          about: intent.ally,
          run: () => void game.act(intent),
        })),
      },
  };
}

function delay(game: Game, why: string | undefined): Verb {
  const options = optionsOf(game, "Delay");
  return {
    id: "delay",
    label: t("verb-delay"),
    key: "d",
    icon: "sleepy",
    enabled: options.length > 0,
    ...(options.length > 0 ? {} : { why: why ?? t("why-delay") }),
    run: () =>
      game.menu.value = {
        title: t("verb-delay"),
        lines: options.map(({ intent }) => ({
          label: t("delay-after", { whom: game.nameOf(intent.after) }),
          about: intent.after,
          run: () => void game.act(intent),
        })),
      },
  };
}

/** Another weapon or shield into the hand. */
function swap(game: Game, why: string | undefined): Verb {
  const pack = game.active.value?.pack ?? {};
  const options = optionsOf(game, "EquipItem").filter(({ intent }) =>
    intent.slot === "weaponMain" || intent.slot === "weaponOff"
  );
  return {
    id: "swap",
    label: t("verb-swap"),
    key: "w",
    icon: "broadsword",
    enabled: options.length > 0,
    ...(options.length > 0 ? {} : { why: why ?? t("why-swap") }),
    run: () =>
      game.menu.value = {
        title: t("verb-swap"),
        lines: options.map(({ intent }) => ({
          label: t("equip-as", { item: itemName(pack[intent.item]?.item ?? ""), slot: t(`slot-${intent.slot}`) }),
          detail: itemNumbers(pack[intent.item]?.item ?? ""),
          run: () => void game.act(intent),
        })),
      },
  };
}

function doors(game: Game): readonly Verb[] {
  const intent = optionsOf(game, "OpenDoor")[0]?.intent;
  return intent === undefined ? [] : [simple(game, { id: "open-door", key: "p", icon: "closed-doors" }, intent)];
}

function quick(game: Game): Verb {
  const who = game.active.value;
  const on = who?.quick === true;
  return {
    id: "quick",
    label: t(on ? "verb-quick-off" : "verb-quick"),
    key: "q",
    icon: "battle-gear",
    enabled: who !== undefined,
    pressed: on,
    run: () => {
      if (who !== undefined) game.act({ type: "Quick", character: who.id, on: !on });
    },
  };
}

/** Everybody one plays, at once; reclaimed one by one or all together. */
function quickAll(game: Game): readonly Verb[] {
  const own = game.own.value.filter((one) => one.life === "up" || one.life === "dying");
  if (own.length < 2) return [];
  const on = own.every((one) => one.quick);
  return [{
    id: "quick-all",
    label: t(on ? "verb-quick-all-off" : "verb-quick-all"),
    key: "alt+q",
    icon: "battle-gear",
    enabled: true,
    pressed: on,
    run: () => {
      for (const one of own) if (one.quick === on) game.act({ type: "Quick", character: one.id, on: !on });
    },
  }];
}

function promptVerbs(game: Game, type: string): readonly Verb[] {
  return [true, false].map((take) =>
    simple(
      game,
      {
        id: take ? `react-${type}` : "decline",
        key: take ? "enter" : "escape",
        icon: take ? "shield-bash" : "hourglass",
      },
      optionsOf(game, "React").find((one) => one.intent.take === take)?.intent,
    )
  );
}

function withWhy(verb: Verb, why: string | undefined): Verb {
  return verb.enabled || why === undefined ? verb : { ...verb, why };
}
