import { t } from "../../text/text.ts";
import type { Game } from "../game.ts";
import { battleVerbs } from "./battle.ts";
import { exploreVerbs, moveVerbs } from "./explore.ts";
import { optionsOf, simple, type Verb } from "./verb.ts";

export { attackLines, linesAbout } from "./battle.ts";
export { exploreVerbs, moveVerbs } from "./explore.ts";
export { oddsText, optionsOf, type Verb } from "./verb.ts";

/** What the bar shows in the present mode. */
export function verbsOf(game: Game): readonly Verb[] {
  switch (game.view.value?.mode) {
    case "explore":
      return exploreVerbs(game);
    case "encounter":
      return encounterVerbs(game);
    case "battle":
      return battleVerbs(game);
    case "camp":
      return campVerbs(game);
    case "aftermath":
      return aftermathVerbs(game);
    default:
      return [];
  }
}

/** Every verb with a key in the present mode, the arrows of exploring too. */
export function keyedVerbs(game: Game): readonly Verb[] {
  const verbs = verbsOf(game);
  return game.view.value?.mode === "explore" ? [...moveVerbs(game), ...verbs] : verbs;
}

function encounterVerbs(game: Game): readonly Verb[] {
  const why = game.leads.value ? t("why-choice") : t("why-leader");
  return (["combat", "wait", "flee", "advance"] as const).flatMap((choice) => {
    const intent = optionsOf(game, "ChooseEncounter").find((one) => one.intent.choice === choice)?.intent;
    if (choice === "advance" && intent === undefined && game.view.value?.encounter?.distance === 0) return [];
    return [simple(game, { id: choice, key: choice.charAt(0), icon: ENCOUNTER_ICONS[choice], why }, intent)];
  });
}

const ENCOUNTER_ICONS = { combat: "crossed-swords", wait: "hourglass", flee: "run", advance: "footprint" } as const;

function campVerbs(game: Game): readonly Verb[] {
  const why = game.leads.value ? t("why-now") : t("why-leader");
  const rest = (kind: "short" | "long") => optionsOf(game, "Rest").find((one) => one.intent.kind === kind)?.intent;
  return [
    simple(game, { id: "rest-short", key: "s", icon: "campfire", why }, rest("short")),
    simple(
      game,
      { id: "rest-long", key: "l", icon: "night-sleep", why: game.leads.value ? t("why-rest-long") : why },
      rest("long"),
    ),
    simple(game, { id: "break-camp", key: "b", icon: "walking-boot", why }, optionsOf(game, "BreakCamp")[0]?.intent),
  ];
}

function aftermathVerbs(game: Game): readonly Verb[] {
  const why = game.leads.value ? t("why-claims") : t("why-leader");
  return [
    simple(
      game,
      { id: "finish-loot", key: "enter", icon: "open-chest", why },
      optionsOf(game, "FinishLoot")[0]?.intent,
    ),
  ];
}
