/** Taking a commission from the board, and reporting it there (game design 12.2, 9). */
import type { Play } from "../core/play.ts";
import { type IntentOf, type LegalList, reject, type RuleTable } from "../core/rule.ts";
import type { QuestId } from "../types/ids.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Rejection } from "../types/rejection.ts";
import type { Quest, WorldState } from "../types/state.ts";
import { cellKey } from "../world/geometry.ts";
import { noteQuests } from "./note.ts";

function atBoard(state: WorldState): boolean {
  return state.levels[state.party.level]?.features[cellKey(state.party.at)]?.type === "board";
}

function startFault(state: WorldState, id: QuestId): Rejection | undefined {
  const quest = state.quests[id];
  if (!quest) return reject("quest/unknown");
  if (quest.state !== "offered") return reject("quest/not_offered", { state: quest.state });
  return atBoard(state) ? undefined : reject("quest/not_here");
}

function reportFault(state: WorldState, id: QuestId): Rejection | undefined {
  const quest = state.quests[id];
  if (!quest) return reject("quest/unknown");
  if (quest.state === "paid") return reject("quest/paid");
  if (quest.state !== "active" && quest.state !== "done") return reject("quest/not_done", { state: quest.state });
  const open = openSteps(quest);
  if (open > 0) return reject("quest/not_done", { open });
  return atBoard(state) ? undefined : reject("quest/not_here");
}

/** Steps still to do before reporting. */
function openSteps(quest: Quest): number {
  return quest.steps.filter((step) => !step.done && step.verb !== "report").length;
}

function startQuest(play: Play, intent: IntentOf<"StartQuest">): Rejection | undefined {
  const fault = startFault(play.state, intent.quest);
  if (fault) return fault;
  play.emit({ type: "QuestStarted", quest: intent.quest });
  noteQuests(play);
  return undefined;
}

function completeQuest(play: Play, intent: IntentOf<"CompleteQuest">): Rejection | undefined {
  const fault = reportFault(play.state, intent.quest);
  const quest = play.state.quests[intent.quest];
  if (fault || !quest) return fault;
  const report = quest.steps.findIndex((step) => step.verb === "report" && !step.done);
  if (report >= 0) play.emit({ type: "QuestStepDone", quest: quest.id, step: report });
  const { coins, xp } = quest.reward;
  play.emit({ type: "QuestPaid", quest: quest.id, coins, xp });
  play.emit({ type: "PurseChanged", by: coins, purse: play.state.party.purse + coins, why: "reward" });
  for (const id of play.state.party.order) {
    const one = play.state.characters[id];
    if (one && one.life !== "dead") play.emit({ type: "XpGained", character: id, amount: xp, xp: one.xp + xp });
  }
  return undefined;
}

function relies(event: { readonly type: string }): boolean {
  return event.type.startsWith("Quest") || event.type === "PartyMoved" || event.type === "LevelEntered";
}

export const questRules: RuleTable<"StartQuest" | "CompleteQuest"> = {
  StartQuest: { who: "leader", modes: ["explore"], decide: startQuest, relies },
  CompleteQuest: { who: "leader", modes: ["explore"], decide: completeQuest, relies },
};

/** Commissions the leader may take or report where the party stands. */
export const questLegal: LegalList = (state, who) => {
  if (state.mode !== "explore" || who.seat === null || !atBoard(state)) return [];
  if (!state.seats[who.seat]?.roles.includes("leader")) return [];
  return Object.values(state.quests).flatMap((quest): readonly PlayerIntent[] => {
    if (!startFault(state, quest.id)) return [{ type: "StartQuest", quest: quest.id }];
    return reportFault(state, quest.id) ? [] : [{ type: "CompleteQuest", quest: quest.id }];
  });
};
