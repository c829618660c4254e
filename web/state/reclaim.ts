import type { CreatureId } from "../../engine/types/ids.ts";
import type { Game } from "./game.ts";

/** Says for itself what becomes of Quick: by key and by tap. */
const QUICK_KEYS: ReadonlySet<string> = new Set(["q", "alt+q"]);
const QUICK_BUTTONS = ".verb-quick, .verb-quick-all";

/**
 * Takes back what clock or absence put on Quick: any key or tap shows that the player is there (game design 10). Answers
 * with what to call at each sign of life.
 */
export function createReclaim(game: Pick<Game, "own" | "act">): () => void {
  const asked = new Set<CreatureId>();
  return () => {
    for (const { id, quickBy } of game.own.value) {
      if (quickBy === undefined || quickBy === "player" || asked.has(id)) continue;
      asked.add(id);
      void game.act({ type: "Quick", character: id, on: false }).finally(() => asked.delete(id));
    }
  };
}

/** Whether a key says something else about Quick than "I am here". */
export function isAboutQuick(key: string): boolean {
  return QUICK_KEYS.has(key);
}

/** Listens for taps anywhere on the page. */
export function listenToTaps(reclaim: () => void): () => void {
  function onTap({ target }: Event): void {
    if (!(target instanceof Element && target.closest(QUICK_BUTTONS) !== null)) reclaim();
  }
  document.addEventListener("pointerdown", onTap);
  return () => document.removeEventListener("pointerdown", onTap);
}
