/** Folding of damage, healing, effects, concentration, clouds and life. */
import { findCreature, type Fold, withBattle, withCharacter, withCreature } from "../core/fold.ts";
import type { Creature, Effect } from "../types/creature.ts";
import type { CreatureId, EffectId } from "../types/ids.ts";
import type { Cloud, WorldState } from "../types/state.ts";
import { modifiers } from "./modifiers.ts";

export const effectsFold: Fold<
  | "DamageTaken"
  | "Healed"
  | "TempHpGained"
  | "EffectBegan"
  | "EffectEnded"
  | "ConcentrationBegan"
  | "ConcentrationEnded"
  | "CloudBegan"
  | "CloudTouched"
  | "CloudEnded"
  | "LifeChanged"
> = {
  DamageTaken: (state, event) => withCreature(state, event.creature, { hp: event.hp, tempHp: event.tempHp }),
  Healed: (state, event) => withCreature(state, event.creature, { hp: event.hp }),
  TempHpGained: (state, event) => withCreature(state, event.creature, { tempHp: event.tempHp }),
  EffectBegan: (state, event) =>
    withEffects(state, event.creature, (effects) => [
      ...effects.filter((one) => one.id !== event.effect.id),
      event.effect,
    ]),
  EffectEnded: (state, event) =>
    withEffects(state, event.creature, (effects) => effects.filter((one) => one.id !== event.effect)),
  ConcentrationBegan: (state, event) => withCreature(state, event.creature, { concentration: event.effect }),
  ConcentrationEnded: (state, event) => withCreature(state, event.creature, { concentration: null }),
  CloudBegan: (state, event) => withClouds(state, (clouds) => ({ ...clouds, [event.cloud.id]: event.cloud })),
  CloudTouched: (state, event) =>
    withClouds(state, (clouds) => {
      const cloud = clouds[event.cloud];
      if (!cloud) return clouds;
      return { ...clouds, [cloud.id]: { ...cloud, touched: [...cloud.touched, event.creature] } };
    }),
  CloudEnded: (state, event) =>
    withClouds(state, (clouds) => {
      const { [event.cloud]: _gone, ...left } = clouds;
      return left;
    }),
  LifeChanged: (state, event) => {
    const next = withCreature(state, event.creature, { life: event.life, hp: event.hp });
    return withCharacter(next, event.creature, (one) => ({ ...one, deathSaves: { successes: 0, failures: 0 } }));
  },
};

/** Changes the effects of a creature; a boost to maximum hit points comes and goes with them, and its end never kills. */
function withEffects(
  state: WorldState,
  id: CreatureId,
  change: (effects: readonly Effect[]) => readonly Effect[],
): WorldState {
  const creature = findCreature(state, id);
  if (!creature) return state;
  const effects = change(creature.effects);
  const gain = boost({ effects }) - boost(creature);
  if (gain === 0) return withCreature(state, id, { effects });
  const maxHp = Math.max(1, creature.maxHp + gain);
  return withCreature(state, id, { effects, maxHp, hp: Math.min(creature.hp, maxHp) });
}

function boost(creature: Pick<Creature, "effects">): number {
  return modifiers(creature, "maxHp").add;
}

function withClouds(
  state: WorldState,
  change: (clouds: Readonly<Record<EffectId, Cloud>>) => Readonly<Record<EffectId, Cloud>>,
): WorldState {
  return state.battle ? withBattle(state, { clouds: change(state.battle.clouds) }) : state;
}
