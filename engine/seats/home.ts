/** Characters going home to their owner's roster. */
import type { Play } from "../core/play.ts";
import type { Character } from "../types/creature.ts";

/**
 * Sends one character home. What a lock or a commission of this world needs stays behind in the stash (game design 17: plot keys are
 * never lost); effects of this world end. Nobody comes home dead or dying: its player would have lost it for good.
 */
export function goHome(play: Play, character: Character): void {
  for (const stack of character.pack) {
    if (!stack.plot) continue;
    play.emit({ type: "ItemMoved", item: stack.id, count: stack.count, from: character.id, to: "stash", stack });
  }
  const now = play.state.characters[character.id];
  if (!now) return;
  const { quickBy: _, ...rest } = now;
  const sheet: Character = {
    ...rest,
    seat: null,
    life: "up",
    hp: Math.max(1, now.hp),
    deathSaves: { successes: 0, failures: 0 },
    pack: now.pack.filter((stack) => !stack.plot),
    effects: [],
    concentration: null,
    tempHp: 0,
    quick: false,
    missed: 0,
    lastLongRest: null,
  };
  play.emit({ type: "CharacterLeft", character: now.id, sheet });
}

/** Sends home everybody whose player left in a fight that is over now. Called wherever peace returns. */
export function sendHomeUnseated(play: Play): void {
  if (play.state.mode !== "explore" && play.state.mode !== "camp") return;
  for (const character of Object.values(play.state.characters)) {
    if (character.seat === null) goHome(play, character);
  }
}
