import type { PlayerIntent } from "../../../engine/types/command.ts";
import { itemName } from "../../content.ts";
import { t } from "../../text/text.ts";
import type { Game, MenuLine } from "../game.ts";
import { castVerb, featureVerb, useVerb } from "./powers.ts";
import { optionsOf, simple, type Verb } from "./verb.ts";

/** Keys of the arrows that walk; the bar shows them as a cross of buttons. */
export function moveVerbs(game: Game): readonly Verb[] {
  const turn = (to: "left" | "right" | "about") => optionsOf(game, "Turn").find((one) => one.intent.to === to)?.intent;
  const why = mover(game);
  return [
    simple(game, { id: "turn-left", key: "arrowleft", icon: "", why }, turn("left")),
    simple(
      game,
      { id: "step", key: "arrowup", icon: "", why: game.leads.value ? t("why-step") : why },
      optionsOf(game, "Step")[0]?.intent,
    ),
    simple(game, { id: "turn-right", key: "arrowright", icon: "", why }, turn("right")),
    simple(game, { id: "turn-about", key: "arrowdown", icon: "", why }, turn("about")),
  ];
}

/** The verbs of exploring, each with its key. */
export function exploreVerbs(game: Game): readonly Verb[] {
  const interact = optionsOf(game, "Interact");
  const by = (how: string): PlayerIntent | undefined =>
    interact.find((one) => one.intent.how === how && one.intent.character === game.active.value?.id)?.intent ??
      interact.find((one) => one.intent.how === how)?.intent;
  const first = (["take", "open", "unlock", "close"] as const).map(by).find((one) => one !== undefined);
  const travel = (to: string) => optionsOf(game, "Travel").find((one) => one.intent.to === to)?.intent;
  const search = optionsOf(game, "Search");
  const searching = game.view.value?.party.searching === true;
  const why = mover(game);
  const how = first?.type === "Interact" ? first.how : "none";
  const quest = optionsOf(game, "StartQuest")[0]?.intent ?? optionsOf(game, "CompleteQuest")[0]?.intent;
  return [
    {
      ...simple(
        game,
        { id: "interact", key: "enter", icon: "hand", why: game.leads.value ? t("why-interact") : why },
        first,
      ),
      label: t(`interact-${how}`),
    },
    ...(by("stairs") === undefined ? [] : [simple(game, { id: "stairs", key: "g", icon: "stairs" }, by("stairs"))]),
    ...(["bash", "pick", "knock", "temple"] as const).flatMap((way) =>
      by(way) === undefined ? [] : [simple(game, { id: way, key: way.charAt(0), icon: ICONS[way] }, by(way))]
    ),
    simple(
      game,
      { id: "onward", key: "o", icon: "compass", why: game.leads.value ? t("why-onward") : why },
      travel("frontier"),
    ),
    ...(travel("lockedDoor") === undefined
      ? []
      : [simple(game, { id: "to-locked", key: "d", icon: "closed-doors" }, travel("lockedDoor"))]),
    simple(
      game,
      { id: "to-stairs", key: ">", icon: "stairs", why: game.leads.value ? t("why-to-stairs") : why },
      travel("stairsDown"),
    ),
    ...(travel("stairsUp") === undefined
      ? []
      : [simple(game, { id: "to-stairs-up", key: "<", icon: "stairs" }, travel("stairsUp"))]),
    simple(
      game,
      { id: "to-board", key: "h", icon: "scroll-quill", why: game.leads.value ? t("why-to-board") : why },
      travel("board"),
    ),
    ...(quest === undefined ? [] : [commission(game)]),
    simple(
      game,
      { id: searching ? "search-off" : "search", key: "s", icon: "magnifying-glass", why, pressed: searching },
      search.find((one) => one.intent.mode !== "look")?.intent,
    ),
    simple(
      game,
      { id: "look", key: "l", icon: "eyeball", why },
      search.find((one) => one.intent.mode === "look")?.intent,
    ),
    castVerb(game),
    useVerb(game),
    featureVerb(game),
    light(game),
    simple(
      game,
      { id: "encamp", key: "e", icon: "campfire", why: game.leads.value ? t("why-encamp") : why },
      optionsOf(game, "MakeCamp")[0]?.intent,
    ),
  ];
}

const ICONS = { bash: "axe-swing", pick: "lockpicks", knock: "unlocking", temple: "angel-wings" } as const;

function commission(game: Game): Verb {
  const lines: MenuLine[] = [
    ...optionsOf(game, "StartQuest").map(({ intent }) => ({
      label: t("commission-accept", { title: game.view.value?.quests[intent.quest]?.title ?? "" }),
      detail: game.view.value?.quests[intent.quest]?.text ?? "",
      icon: "scroll-quill",
      run: () => void game.act(intent),
    })),
    ...optionsOf(game, "CompleteQuest").map(({ intent }) => ({
      label: t("commission-report", { title: game.view.value?.quests[intent.quest]?.title ?? "" }),
      icon: "coins",
      run: () => void game.act(intent),
    })),
  ];
  return {
    id: "commission",
    label: t("verb-commission"),
    key: "r",
    icon: "scroll-quill",
    enabled: true,
    run: () => game.menu.value = { title: t("verb-commission"), lines },
  };
}

function light(game: Game): Verb {
  const lights = optionsOf(game, "Light");
  const burning = game.view.value?.party.light !== null;
  const pack = game.active.value?.pack ?? {};
  return {
    id: "light",
    label: t(burning ? "verb-light-burning" : "verb-light"),
    key: "f",
    icon: "torch",
    enabled: lights.length > 0,
    pressed: burning,
    ...(lights.length > 0 ? {} : { why: t("why-light") }),
    run: () => {
      if (lights[0] !== undefined && (!burning || lights.length === 1)) game.act(lights[0].intent);
      else {
        game.menu.value = {
          title: t("verb-light"),
          lines: lights.map(({ intent }) => ({
            label: intent.item === null
              ? t("light-out")
              : t("light-item", { item: itemName(pack[intent.item]?.item ?? "") }),
            run: () => void game.act(intent),
          })),
        };
      }
    },
  };
}

function mover(game: Game): string {
  if (!game.leads.value) return t("why-leader");
  return game.own.value.length === 0 ? t("why-nobody") : t("why-now");
}
