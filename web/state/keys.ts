import type { PartyView } from "../../engine/types/view.ts";
import { t } from "../text/text.ts";
import { aheadText } from "./ahead.ts";
import type { Game, Panel } from "./game.ts";
import { createReclaim, isAboutQuick, listenToTaps } from "./reclaim.ts";
import { describeFighter, fightersOf } from "./tokens.ts";
import { keyedVerbs } from "./verbs/mod.ts";
import type { Voice } from "./voice.ts";

const PANEL_KEYS: Readonly<Record<string, Panel>> = { v: "sheet", i: "stash", j: "journal", "?": "help" };
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  arrowup: [0, -1],
  arrowdown: [0, 1],
  arrowleft: [-1, 0],
  arrowright: [1, 0],
};

/** Every key of the play screen. Typing in a field is left alone; a verb's own key wins over the general ones. */
export function listenToKeys(game: Game, voice: Voice): () => void {
  const reclaim = createReclaim(game);
  const noMoreTaps = listenToTaps(reclaim);
  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    const key = `${event.altKey ? "alt+" : ""}${event.key.toLowerCase()}`;
    if (!isAboutQuick(key)) reclaim();
    if (handle(game, voice, key, event.target)) event.preventDefault();
  }
  document.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("keydown", onKey);
    noMoreTaps();
  };
}

function handle(game: Game, voice: Voice, key: string, target: EventTarget | null): boolean {
  if (game.aim.value !== null && key === "escape") {
    game.aim.value = null;
    return true;
  }
  if (key === "escape" && closeTop(game)) return true;
  if (game.menu.value !== null) return chooseLine(game, key);
  if (game.panel.value !== null) return togglePanel(game, key);
  if ((key === "enter" || key === " ") && target instanceof HTMLButtonElement) return false;
  const view = game.view.value;
  if (view?.mode === "battle" && STEPS[key] !== undefined) return stepInBattle(game, key);
  const verb = keyedVerbs(game).find((one) => one.key === key || (one.id === "end-turn" && key === " " && one.enabled));
  if (verb !== undefined) {
    if (verb.enabled) verb.run();
    else voice.alert(verb.why ?? "");
    return true;
  }
  return general(game, voice, key, view);
}

function general(game: Game, voice: Voice, key: string, view: PartyView | null): boolean {
  if (key >= "1" && key <= "8") {
    const id = view?.party.order[Number(key) - 1];
    if (id !== undefined) game.choose(id);
    return id !== undefined;
  }
  if (key === "/") {
    document.getElementById("talk-line")?.focus();
    return true;
  }
  if (key === "." && view !== null) {
    voice.say(aheadText(view));
    return true;
  }
  if (key === "," && view !== null) {
    voice.say(listText(view, game.active.value?.id));
    return true;
  }
  if (key === "m" && view?.mode === "battle") {
    document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
    return true;
  }
  return togglePanel(game, key);
}

/** Closes what lies on top, also when focus fell out of it because its button is gone. */
function closeTop(game: Game): boolean {
  const open = game.menu.value !== null ? game.menu : game.panel.value !== null ? game.panel : undefined;
  if (open === undefined) return false;
  open.value = null;
  game.focus.value = null;
  return true;
}

/** Foes and friends with distance, or what lies ahead. */
function listText(view: PartyView, own: string | undefined): string {
  const combat = view.combat;
  if (combat === null) return aheadText(view);
  const from = own === undefined ? undefined : combat.on[own]?.at;
  return fightersOf(view, combat).filter((one) => one.side === "foe" && !one.down)
    .map((one) => describeFighter(one, combat.on[one.id]?.at ?? [0, 0], from)).join(". ") || t("list-nobody");
}

function chooseLine(game: Game, key: string): boolean {
  const line = key >= "1" && key <= "9" ? game.menu.value?.lines[Number(key) - 1] : undefined;
  if (line === undefined) return false;
  game.menu.value = null;
  game.focus.value = null;
  line.run();
  return true;
}

function togglePanel(game: Game, key: string): boolean {
  const panel = PANEL_KEYS[key] ?? (key === "a" ? "map" : undefined);
  if (panel === undefined) return false;
  game.panel.value = game.panel.value === panel ? null : panel;
  return true;
}

function stepInBattle(game: Game, key: string): boolean {
  const step = STEPS[key];
  const who = game.active.value;
  const at = who === undefined ? undefined : game.view.value?.combat?.on[who.id]?.at;
  if (step === undefined || who === undefined || at === undefined) return false;
  game.act({ type: "MoveInBattle", character: who.id, path: [[at[0] + step[0], at[1] + step[1]]] });
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
}
