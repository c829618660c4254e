/** What a won battle brings (game design 8). */
import { monster } from "../content/mod.ts";
import { item } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { noteQuests } from "../quest/mod.ts";
import type { Cache } from "../types/area.ts";
import type { Character, ItemStack } from "../types/creature.ts";
import type { CreatureId, ItemId } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";

/** Ms in which claims are made; whoever says nothing passes. */
export const LOOT_MS = 60_000;

/**
 * Opens the aftermath of the running battle, before it is ended: the group is resolved, its XP shared among the living
 * who were there, coins go to the purse, things lie there to be claimed, half the shots are picked up again.
 */
export function beginAftermath(play: Play): void {
  const { battle } = play.state;
  if (!battle) return;
  const present = presentAt(play.state, battle);
  const pool = Object.values(battle.monsters).reduce((sum, one) => sum + monster(one.monster).xp, 0);
  const xpEach = shareOf(pool, present.length);
  const found = carriedBy(play.state, battle);
  const coins = found?.coins ?? pocketMoney(play, battle);
  play.emit({
    type: "BattleWon",
    group: battle.group,
    xpEach,
    to: present.map((one) => one.id),
    coins,
    items: found?.items ?? [],
    endsAt: play.at + LOOT_MS,
    cache: found?.id ?? null,
  });
  play.emit({ type: "GroupResolved", level: battle.field.level, group: battle.group, how: "beaten" });
  for (const one of present) {
    if (xpEach > 0) play.emit({ type: "XpGained", character: one.id, amount: xpEach, xp: one.xp + xpEach });
  }
  if (coins > 0) play.emit({ type: "PurseChanged", by: coins, purse: play.state.party.purse + coins, why: "loot" });
  pickUp(play, battle);
  noteQuests(play);
}

/** Whole points each: what does not divide is lost. */
export function shareOf(pool: number, heads: number): number {
  return heads > 0 ? Math.floor(pool / heads) : 0;
}

/** Members who took part and live. */
function presentAt(state: WorldState, battle: Battle): readonly Character[] {
  return state.party.order.flatMap((id) => {
    const one = state.characters[id];
    return one && battle.on[id] && one.life !== "dead" ? [one] : [];
  });
}

/** The treasure the group kept. */
function carriedBy(state: WorldState, battle: Battle): Cache | undefined {
  const level = state.levels[battle.field.level];
  const group = level?.groups[battle.group];
  const cache = group?.cache ? level?.caches[group.cache] : undefined;
  return cache && !cache.taken ? cache : undefined;
}

/** Foes without a hoard have a little on them: 2d6 copper for each eighth of challenge, if their kind keeps coins. */
function pocketMoney(play: Play, battle: Battle): number {
  const eighths = Object.values(battle.monsters).reduce((sum, one) => {
    const record = monster(one.monster);
    return record.loot === "coins" ? sum + record.challenge : sum;
  }, 0);
  return eighths === 0 ? 0 : play.dice("loot").roll("2d6").total * eighths;
}

/** SRD 5.1: half the ammunition is found again, and what was thrown. */
function pickUp(play: Play, battle: Battle): void {
  const found = new Map<CreatureId, ItemStack[]>();
  for (const [id, { by, item: kind, count }] of Object.entries(battle.spent ?? {})) {
    const owner = play.state.characters[by];
    const back = item(kind).kind === "ammunition" ? Math.floor(count / 2) : count;
    if (!owner || back < 1) continue;
    found.set(by, [...(found.get(by) ?? []), { id: id as ItemId, item: kind, count: back }]);
  }
  for (const [to, items] of found) play.emit({ type: "ItemsGained", to, items });
}
