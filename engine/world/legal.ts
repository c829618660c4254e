/** What the leader may do while exploring. Lists only what the rules accept. */
import { memo } from "../core/memo.ts";
import type { LegalList } from "../core/rule.ts";
import { type PlayerIntent, TRAVEL_TARGETS } from "../types/command.ts";
import type { WorldState } from "../types/state.ts";
import { doorFault, type DoorVerb } from "./door.ts";
import { hereFault } from "./interact.ts";
import { lightsOf } from "./light.ts";
import { ableParty } from "./look.ts";
import { stepFault } from "./move.ts";
import { planTravel, reachedNow } from "./travel.ts";

const HANDS: readonly DoorVerb[] = ["open", "close", "unlock"];
const WORK: readonly DoorVerb[] = ["bash", "pick", "knock"];

export const worldLegal: LegalList = (state, who) => {
  if (state.mode !== "explore" || who.seat === null) return [];
  const lights = lightLegal(state, who.creature);
  if (!state.seats[who.seat]?.roles.includes("leader") || state.party.order.length === 0) return lights;
  if (ableParty(state).length === 0) return [{ type: "Search", mode: "look" }];
  return [...partyLegal(state), ...lights];
};

/** What the leader may do for the party: the same for each of the leader's characters, so it is found once per state. */
const partyLegal = memo((state: WorldState) => [...moves(state), ...hands(state), ...places(state)]);

function moves(state: WorldState): readonly PlayerIntent[] {
  const ahead: readonly PlayerIntent[] = stepFault(state) ? [] : [{ type: "Step" }];
  return [
    ...ahead,
    { type: "Turn", to: "left" },
    { type: "Turn", to: "right" },
    { type: "Turn", to: "about" },
    { type: "Search", mode: state.party.searching ? "off" : "on" },
    { type: "Search", mode: "look" },
  ];
}

function hands(state: WorldState): readonly PlayerIntent[] {
  const out: PlayerIntent[] = [];
  for (const how of HANDS) if (!doorFault(state, how)) out.push({ type: "Interact", how });
  for (const how of WORK) {
    for (const one of ableParty(state)) {
      if (!doorFault(state, how, one.id)) out.push({ type: "Interact", how, character: one.id });
    }
  }
  for (const how of ["stairs", "take", "temple"] as const) {
    if (!hereFault(state, how)) out.push({ type: "Interact", how });
  }
  return out;
}

function places(state: WorldState): readonly PlayerIntent[] {
  const reached = reachedNow(state);
  return TRAVEL_TARGETS.flatMap((
    to,
  ) => ("code" in planTravel(state, to, reached) ? [] : [{ type: "Travel", to } as const]));
}

function lightLegal(state: WorldState, creature: Parameters<LegalList>[1]["creature"]): readonly PlayerIntent[] {
  if (!ableParty(state).some((one) => one.id === creature)) return [];
  const items = [...new Map(lightsOf(state, creature).map((stack) => [stack.item, stack.id])).values()];
  const lit: readonly PlayerIntent[] = items.map((item) => ({ type: "Light", character: creature, item }));
  return state.party.light ? [...lit, { type: "Light", character: creature, item: null }] : lit;
}
