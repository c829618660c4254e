/** Folding of what creatures do in a battle. Hostile acts set the count of idle rounds back. */
import { type Fold, withBattle, withCharacter, withCombatant, withCreature } from "../core/fold.ts";
import type { Field, WorldState } from "../types/state.ts";
import type { Point } from "../types/ids.ts";

export type ActEvent =
  | "CreatureMoved"
  | "CreatureFaced"
  | "CreatureLeftField"
  | "FieldDoorOpened"
  | "BudgetSpent"
  | "MarkSet"
  | "CombatantMarked"
  | "AttackRolled"
  | "DamageRolled"
  | "SaveRolled"
  | "CheckRolled"
  | "DeathSaveRolled"
  | "PromptOpened"
  | "PromptAnswered"
  | "PolicySet"
  | "QuickSet";

export const actsFold: Fold<ActEvent> = {
  CreatureMoved(state, event) {
    const one = state.battle?.on[event.creature];
    if (!one) return state;
    const movement = event.forced ? one.budget.movement : Math.max(0, one.budget.movement - event.cost);
    return withCombatant(state, event.creature, {
      at: event.to,
      facing: event.facing,
      budget: { ...one.budget, movement },
    });
  },
  CreatureFaced: (state, event) =>
    withCombatant(state, event.creature, { facing: event.facing, heldFacing: event.held }),
  CreatureLeftField: (state, event) => withCreature(state, event.creature, { life: "fled" }),
  FieldDoorOpened(state, event) {
    const field = state.battle?.field;
    return field ? withBattle(state, { field: withDoor(field, event.at, event.open) }) : state;
  },
  BudgetSpent: (state, event) => withCombatant(state, event.creature, { budget: event.budget }),
  MarkSet: (state, event) => withCombatant(state, event.creature, { [event.mark]: event.on }),
  CombatantMarked: (state, event) =>
    withCombatant(state, event.creature, {
      ...(event.sneakUsed === undefined ? {} : { sneakUsed: event.sneakUsed }),
      ...(event.spellCast === undefined ? {} : { spellCast: event.spellCast }),
      ...(event.surprised === undefined ? {} : { surprised: event.surprised }),
      ...(event.helped === undefined ? {} : { helped: event.helped }),
    }),
  AttackRolled(state, event) {
    const hostile = active(state);
    return event.reaction ? hostile : withCombatant(hostile, event.by, { attacked: true });
  },
  DamageRolled: active,
  SaveRolled: active,
  CheckRolled: (state) => state,
  DeathSaveRolled: (state, event) =>
    withCharacter(state, event.creature, (one) => ({
      ...one,
      deathSaves: { successes: event.successes, failures: event.failures },
    })),
  PromptOpened: (state, event) => withBattle(state, { prompt: event.prompt }),
  PromptAnswered: (state, event) =>
    withBattle(state, { prompt: null, ...(event.endsAt === undefined ? {} : { endsAt: event.endsAt }) }),
  PolicySet: (state, event) =>
    withCharacter(state, event.creature, (one) => ({
      ...one,
      policy: { ...one.policy, [event.kind]: event.policy },
    })),
  QuickSet(state, event) {
    const next = withCharacter(state, event.creature, ({ quickBy: _, ...one }) => ({
      ...one,
      quick: event.on,
      ...(event.on ? { quickBy: event.by } : {}),
      missed: 0,
    }));
    if (next.battle?.turn !== event.creature) return next;
    return event.on ? withBattle(next, { endsAt: null }) : withBattle(next, { endsAt: event.endsAt ?? null });
  },
};

function active(state: WorldState): WorldState {
  return state.battle && state.battle.idle !== 0 ? withBattle(state, { idle: 0 }) : state;
}

/** A door on the field's rim leads out of it once it stands open. */
function withDoor(field: Field, at: Point, open: boolean): Field {
  const [x, y] = at;
  const rim = x === 0 || y === 0 || x === field.width - 1 || y === field.height - 1;
  const tile = open ? (rim ? ">" : "/") : "+";
  const rows = field.rows.map((row, line) => line === y ? row.slice(0, x) + tile + row.slice(x + 1) : row);
  return { ...field, rows };
}
