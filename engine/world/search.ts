/** Finding what is hidden: search, look, and what sharp eyes notice in passing (game design 4.2). */
import { checkBonus, passivePerception } from "../character/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import type { Roll } from "../types/event.ts";
import type { CreatureId, EdgeKey, Point } from "../types/ids.ts";
import { FACINGS } from "../types/names.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { spotGroups } from "../encounter/spot.ts";
import { gather, partyFault } from "./gather.ts";
import { canPass, edgeOf, neighbour } from "./geometry.ts";
import { ableParty, lookAround } from "./look.ts";
import { passTime } from "./time.ts";

/** Seconds of one careful look at a place. */
export const LOOK_SECONDS = 600;
/** Passive perception suffers by this much on the march (game design 4.2). */
const TRAVEL_PENALTY = 5;

interface Secret {
  readonly edge: EdgeKey;
  readonly dc: number;
}

/** Secret doors not found yet on the edges of the party's cell and of cells up to `radius` open steps away. */
function secretsNear(state: WorldState, radius: number): readonly Secret[] {
  const level = state.levels[state.party.level];
  if (!level) return [];
  const found = state.known[level.id]?.found ?? {};
  const near: Point[] = [state.party.at];
  if (radius > 0) {
    for (const facing of FACINGS) {
      if (canPass(level, state.party.at, facing, found)) near.push(neighbour(state.party.at, facing));
    }
  }
  const secrets = new Map<EdgeKey, Secret>();
  for (const at of near) {
    for (const facing of FACINGS) {
      const edge = edgeOf(at, facing);
      const dc = level.doors[edge]?.secretDc;
      if (dc !== undefined && found[edge] === undefined) secrets.set(edge, { edge, dc });
    }
  }
  return [...secrets.values()];
}

/** Rolls everybody's Perception; true when a secret came to light. */
export function searchHere(play: Play, radius: number): boolean {
  const dice = play.dice("search");
  const rolls = ableParty(play.state).map((one): { character: CreatureId; roll: Roll } => ({
    character: one.id,
    roll: dice.d20(checkBonus(one, "perception")),
  }));
  play.emit({ type: "Searched", rolls });
  const best = rolls.reduce((a, b) => (b.roll.total > a.roll.total ? b : a), rolls[0] ?? NOBODY);
  return reveal(play, { secrets: secretsNear(play.state, radius), score: best.roll.total, by: best.character });
}

const NOBODY = { character: "" as CreatureId, roll: { dice: "0", rolls: [], bonus: 0, total: 0 } } as const;

/** What the best passive score notices on the edges of the party's cell. */
export function noticeSecrets(play: Play, travelling: boolean): boolean {
  const secrets = secretsNear(play.state, 0);
  if (secrets.length === 0) return false;
  const scores = ableParty(play.state).map((one) => ({ by: one.id, score: passivePerception(one) }));
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a), { by: NOBODY.character, score: 0 });
  return reveal(play, { secrets, by: best.by, score: best.score - (travelling ? TRAVEL_PENALTY : 0) });
}

function reveal(
  play: Play,
  look: { readonly secrets: readonly Secret[]; readonly score: number; readonly by: CreatureId },
): boolean {
  const seen = look.secrets.filter((secret) => look.score >= secret.dc);
  const level = play.state.party.level;
  for (const secret of seen) play.emit({ type: "SecretFound", level, edge: secret.edge, by: look.by });
  return seen.length > 0;
}

/** Search on and off, or ten minutes' look at the place under foot and those beside it. */
export function search(play: Play, intent: IntentOf<"Search">): Rejection | undefined {
  const fault = partyFault(play.state);
  if (fault) return fault;
  if (gather(play)) return undefined;
  if (intent.mode === "look") {
    passTime(play, LOOK_SECONDS);
    if (play.state.mode === "explore") {
      searchHere(play, 1);
      lookAround(play);
      spotGroups(play);
    }
    return undefined;
  }
  const on = intent.mode === "on";
  if (play.state.party.searching === on) return reject("turn/over", { searching: on });
  play.emit({ type: "SearchSet", on });
  return undefined;
}
