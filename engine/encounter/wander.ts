/** Wandering groups: a check now and then, and a small band of the area's own kind when it hits. */
import type { Play } from "../core/play.ts";
import { bandFor } from "../pcg/band.ts";
import type { Group, Level } from "../types/area.ts";
import type { Roll } from "../types/event.ts";
import type { GroupId } from "../types/ids.ts";
import { zoneAt } from "../world/geometry.ts";
import { meetGroup } from "./meet.ts";

/** One check. True when somebody came and the encounter menu (or an ambush) is open. */
export function checkWanderers(play: Play): boolean {
  const { state } = play;
  const level = state.levels[state.party.level];
  if (state.mode !== "explore" || !level || state.party.order.length === 0) return false;
  const zone = zoneAt(level, state.party.at);
  if (!zone || zone.safe || zone.kind === "entry" || level.wanderPercent <= 0) return false;
  const roll = play.dice("wander").roll("1d100");
  if (roll.total > wanderChance(level)) return false;
  meetGroup(play, callWanderers(play, roll));
  return true;
}

/** A level whose own dwellers are all dealt with is hardly visited any more (game design 4.2, cleared areas). */
function wanderChance(level: Level): number {
  const cleared = Object.values(level.groups).every((group) => group.wandering || group.state === "resolved");
  return cleared ? Math.min(1, level.wanderPercent) : level.wanderPercent;
}

/** Brings a wandering group to the party's cell; `roll` is the check that called it. The caller lets the party meet it. */
export function callWanderers(play: Play, roll: Roll): GroupId {
  const { party, levels, options } = play.state;
  const level = levels[party.level];
  if (!level) throw new RangeError(`Cannot call wanderers as the party's level must exist: got ${party.level}`);
  const band = bandFor(play.dice("wander"), {
    theme: level.theme,
    tier: level.tier,
    partySize: Math.max(1, party.order.length),
    partyLevel: level.depth,
    difficulty: options.difficulty,
  });
  const group: Group = {
    id: play.id<GroupId>("g"),
    at: party.at,
    monsters: band.monsters,
    attitude: band.attitude,
    boss: false,
    pattern: "band",
    xp: band.xp,
    state: "waiting",
    wandering: true,
  };
  play.emit({ type: "WanderersCame", level: level.id, group, roll });
  return group.id;
}
