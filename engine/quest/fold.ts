import type { Fold } from "../core/fold.ts";
import type { ItemStack } from "../types/creature.ts";
import type { QuestId } from "../types/ids.ts";
import type { Quest, WorldState } from "../types/state.ts";

function withQuest(state: WorldState, id: QuestId, change: (quest: Quest) => Quest): WorldState {
  const quest = state.quests[id];
  return quest ? { ...state, quests: { ...state.quests, [id]: change(quest) } } : state;
}

/** What a commission asked for is handed over with the report. */
function handOver(state: WorldState, quest: Quest | undefined): WorldState {
  const wanted = new Set(quest?.steps.flatMap((step) => (step.target.type === "item" ? [step.target.id] : [])));
  if (wanted.size === 0) return state;
  const keep = (stacks: readonly ItemStack[]) => stacks.filter((stack) => !wanted.has(stack.id));
  const characters = Object.fromEntries(
    Object.values(state.characters).map((one) => [
      one.id,
      one.pack.some((stack) => wanted.has(stack.id)) ? { ...one, pack: keep(one.pack) } : one,
    ]),
  );
  return { ...state, characters, party: { ...state.party, stash: keep(state.party.stash) } };
}

export const questFold: Fold<"QuestStarted" | "QuestStepDone" | "QuestPaid" | "QuestFailed"> = {
  QuestStarted: (state, event) => withQuest(state, event.quest, (quest) => ({ ...quest, state: "active" })),
  QuestStepDone: (state, event) =>
    withQuest(state, event.quest, (quest) => {
      const steps = quest.steps.map((step, index) => (index === event.step ? { ...step, done: true } : step));
      const done = steps.every((step) => step.done || step.verb === "report");
      return { ...quest, steps, state: done && quest.state === "active" ? "done" : quest.state };
    }),
  QuestPaid: (state, event) =>
    withQuest(handOver(state, state.quests[event.quest]), event.quest, (quest) => ({ ...quest, state: "paid" })),
  QuestFailed: (state, event) => withQuest(state, event.quest, (quest) => ({ ...quest, state: "failed" })),
};
