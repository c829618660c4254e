/** Steps of commissions, from world facts only (game design 12.2, 9). */
import type { Play } from "../core/play.ts";
import type { QuestStep, WorldState } from "../types/state.ts";
import { cellKey } from "../world/geometry.ts";

/** Whether the world already shows what a step asks for. Reporting is never a fact: it is an act at the board. */
export function isFulfilled(state: WorldState, step: QuestStep): boolean {
  const target = step.target;
  switch (target.type) {
    case "group":
      return Object.values(state.levels).some((level) => level.groups[target.id]?.state === "resolved");
    case "item":
      return state.party.stash.some((stack) => stack.id === target.id) ||
        state.party.order.some((id) => state.characters[id]?.pack.some((stack) => stack.id === target.id));
    case "cell":
      return state.known[target.level]?.visited[cellKey(target.at)] === 1;
    case "board":
      return false;
  }
}

/** Marks every step that has come true. Called at the end of each rule that could complete one. */
export function noteQuests(play: Play): void {
  for (const quest of Object.values(play.state.quests)) {
    if (quest.state !== "active") continue;
    for (const [index, step] of quest.steps.entries()) {
      if (!step.done && isFulfilled(play.state, step)) {
        play.emit({ type: "QuestStepDone", quest: quest.id, step: index });
      }
    }
  }
}
