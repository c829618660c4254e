/** Folding of the battle's frame: who stands where, whose turn it is, how it ended. */
import { type Fold, withBattle, withCharacter, withCombatant } from "../core/fold.ts";
import type { Budget, Combatant } from "../types/creature.ts";
import type { WorldEvent } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import { type Battle, ROUND, type WorldState } from "../types/state.ts";
import { actsFold } from "./fold_acts.ts";
import { defeatFold } from "./fold_defeat.ts";

export type FrameEvent =
  | "CombatStarted"
  | "InitiativeRolled"
  | "RoundStarted"
  | "ReinforcementsArrived"
  | "TurnStarted"
  | "TurnEnded"
  | "TurnDelayed"
  | "CombatEnded";

const NO_BUDGET: Budget = { movement: 0, action: 0, bonusAction: 0, reaction: 0, attacks: 0, freeHand: 0 };

const frameFold: Fold<FrameEvent> = {
  CombatStarted(state, event) {
    const battle: Battle = {
      id: event.combat,
      group: event.group,
      round: 1,
      order: [],
      turn: "" as CreatureId,
      field: event.field,
      on: event.on,
      monsters: Object.fromEntries(event.monsters.map((one) => [one.id, one])),
      clouds: {},
      prompt: null,
      idle: 0,
      endsAt: null,
      banks: event.banks,
      startedAt: event.startedAt,
      ...(event.camp ? { camp: true as const } : {}),
    };
    return { ...state, mode: "battle", encounter: null, camp: null, battle };
  },
  InitiativeRolled(state, event) {
    const totals = new Map(event.rolls.map(({ creature, roll }) => [creature, roll.total]));
    const next = mapCombatants(state, (one, id) => ({ ...one, initiative: totals.get(id) ?? one.initiative }));
    return withBattle(next, { order: event.order, turn: event.order[0] ?? ("" as CreatureId) });
  },
  RoundStarted(state, event) {
    if (!state.battle) return state;
    const passed = event.round > 1 ? ROUND : 0;
    return withBattle({ ...state, clock: state.clock + passed }, { round: event.round, idle: event.idle });
  },
  ReinforcementsArrived(state, event) {
    return withCombatant(state, event.creature, { at: event.to, waiting: false });
  },
  TurnStarted(state, event) {
    const own = event.creature;
    const helped = mapCombatants(state, (one, id) => {
      const kept = one.helped === own ? { ...one, helped: null } : one;
      if (id !== own) return kept;
      const { attacked: _, ...rest } = kept;
      return {
        ...rest,
        budget: event.budget,
        guarding: false,
        dodging: false,
        slipping: false,
        sneakUsed: false,
        spellCast: "none",
        heldFacing: false,
      };
    });
    const clouds = Object.fromEntries(
      Object.entries(helped.battle?.clouds ?? {}).map(([id, cloud]) => [id, { ...cloud, touched: [] }]),
    );
    return withBattle(helped, { turn: own, endsAt: event.endsAt, clouds });
  },
  TurnEnded(state, event) {
    const before = state.battle?.on[event.creature];
    const budget = { ...NO_BUDGET, reaction: before?.budget.reaction ?? 0 };
    const ended = withCombatant(state, event.creature, { budget, surprised: false });
    const banked = event.bank && ended.battle
      ? withBattle(ended, { banks: { ...ended.battle.banks, [event.bank.seat]: event.bank.left } })
      : ended;
    const { missed } = event;
    return withBattle(
      missed === undefined ? banked : withCharacter(banked, event.creature, (one) => ({ ...one, missed })),
      { endsAt: null },
    );
  },
  TurnDelayed: (state, event) => withBattle(state, { order: event.order }),
  CombatEnded(state, event) {
    const battle = state.battle;
    if (!battle) return state;
    const level = state.levels[battle.field.level];
    const group = level?.groups[battle.group];
    const left = event.left;
    const levels = level && group && left
      ? {
        ...state.levels,
        [level.id]: {
          ...level,
          groups: {
            ...level.groups,
            [group.id]: { ...group, monsters: left, xp: event.leftXp ?? group.xp, state: "waiting" as const },
          },
        },
      }
      : state.levels;
    return { ...state, levels, battle: null, mode: state.mode === "battle" ? "explore" : state.mode };
  },
};

/** Every event of the combat family. */
export const combatFold = { ...frameFold, ...actsFold, ...defeatFold } satisfies Partial<Fold<WorldEvent["type"]>>;

function mapCombatants(state: WorldState, change: (one: Combatant, id: CreatureId) => Combatant): WorldState {
  if (!state.battle) return state;
  const on: Record<CreatureId, Combatant> = {};
  for (const [id, one] of Object.entries(state.battle.on)) on[id as CreatureId] = change(one, id as CreatureId);
  return withBattle(state, { on });
}
