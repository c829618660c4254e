/** Commissions bound to what the levels really hold; paid from the areas' treasure budget (game design 12.2, 9). */
import type { Rng } from "../core/rng.ts";
import type { Group, Level } from "../types/area.ts";
import type { Quest, QuestStep } from "../types/state.ts";
import { zoneAt } from "../world/geometry.ts";
import { questId } from "../world/ids.ts";
import { treasureFor } from "./budget.ts";
import { expand } from "./grammar.ts";
import { QUEST_WORDS } from "./words.ts";

/** Percent of all levels' treasure budget that the commissions pay together. */
const PAID = 8;

/** Kill the boss, bring the relic, reach the lower level: whichever the levels can bear. */
export function makeQuests(rng: Rng, levels: readonly Level[]): readonly Quest[] {
  const dice = rng.dice();
  const last = levels.at(-1);
  if (!last) return [];
  const boss = Object.values(last.groups).find((group) => group.boss);
  const relic = levels.flatMap((level) => Object.values(level.caches).flatMap((cache) => cache.items))
    .find((stack) => stack.item === "oldRelic" && stack.plot);
  const clerk = expand(dice, QUEST_WORDS, "{clerk}");
  const budget = Math.floor((treasureFor(levels.reduce((sum, level) => sum + xpOf(level), 0)) * PAID) / 100);
  const line = (text: string, given: Readonly<Record<string, string>>) =>
    expand(dice, QUEST_WORDS, text, { clerk, level: last.name, ...given });
  const make = (
    id: string,
    verb: "kill" | "get" | "go",
    step: {
      readonly target: QuestStep["target"];
      readonly given: Readonly<Record<string, string>>;
      readonly part: number;
    },
  ): Quest => ({
    id: questId(id),
    title: line(`{${verb}Title}`, step.given),
    text: line(`{${verb}Text}`, step.given),
    giver: clerk,
    steps: [
      { verb, target: step.target, text: line(`{${verb}Step}`, step.given), done: false },
      { verb: "report", target: { type: "board" }, text: line("{reportStep}", step.given), done: false },
    ],
    reward: { coins: Math.floor((budget * step.part) / 100), xp: step.part * last.depth },
    state: "offered",
  });
  const quests: Quest[] = [];
  const deep = zoneAt(last, last.entry.at)?.name ?? last.name;
  quests.push(make("q_go", "go", {
    target: { type: "cell", level: last.id, at: last.entry.at },
    given: { place: levels.length > 1 ? deep : last.name },
    part: 20,
  }));
  if (boss) {
    quests.push(make("q_kill", "kill", {
      target: { type: "group", id: boss.id },
      given: { boss: bossName(boss), place: zoneAt(last, boss.at)?.name ?? last.name },
      part: 45,
    }));
  }
  if (relic) {
    quests.push(make("q_get", "get", {
      target: { type: "item", id: relic.id },
      given: { relic: relic.name ?? "Old Relic" },
      part: 35,
    }));
  }
  return quests;
}

function bossName(group: Group): string {
  return group.name ?? "the one who rules below";
}

function xpOf(level: Level): number {
  return Object.values(level.groups).reduce((sum, group) => sum + group.xp, 0);
}
