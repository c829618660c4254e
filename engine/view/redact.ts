/** Events as one audience may know them: hidden ones vanish without a trace, secret members are left out. */
import type { WorldEvent } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Audience } from "../types/names.ts";
import type { Effect } from "../types/creature.ts";
import type { WorldState } from "../types/state.ts";
import { isUnseen } from "./view.ts";

/** An event on its way out: its type and the members this audience may know. */
export type ViewEvent = { readonly type: WorldEvent["type"]; readonly [member: string]: unknown };

/** Members left out of an event for the party; `null`: the whole event is. */
const LEFT_OUT: Partial<Record<WorldEvent["type"], readonly string[] | null>> = {
  LevelGenerated: null,
  CellsSeen: null,
  GroupResolved: null,
  CloudTouched: null,
  SeatTaken: ["account"],
  WorldCreated: ["seed", "invite"],
  CharacterLeft: ["sheet"],
  LevelGained: ["sheet"],
  WanderersCame: ["level", "group", "roll"],
  EncounterMet: ["level"],
  EncounterEnded: ["group"],
  CombatStarted: ["group", "field", "monsters", "on", "banks"],
  CombatEnded: ["left", "leftXp"],
  BattleWon: ["group", "cache"],
  RestInterrupted: ["group", "roll"],
  CacheTaken: ["cache"],
};

/** Members of an event about a foe that only the server may know. */
const LEFT_OUT_OF_FOES: Partial<Record<WorldEvent["type"], readonly string[] | null>> = {
  DamageTaken: ["hp", "tempHp"],
  Healed: ["hp"],
  TempHpGained: null,
  LifeChanged: ["hp"],
  BudgetSpent: null,
  CombatantMarked: null,
  SpellCast: ["slots"],
  TurnStarted: ["budget"],
  AmmunitionSpent: null,
  FeatureUsed: ["used"],
};

/** The event for an audience, or undefined when it may not know of it at all. `after` is the state once the command was done. */
export function redact(after: WorldState, event: WorldEvent, audience: Audience): ViewEvent | undefined {
  if (audience === "party.talk") return event.type === "Said" ? event : undefined;
  if (event.type === "Said") return undefined;
  const subject = subjectOf(event);
  const unseen = subject !== undefined && after.battle !== null && after.battle.monsters[subject] !== undefined &&
    isUnseen(after.battle, subject);
  if (unseen) return undefined;
  const out = LEFT_OUT[event.type];
  const ofFoe = subject?.startsWith("n_") ? LEFT_OUT_OF_FOES[event.type] : undefined;
  if (out === null || ofFoe === null) return undefined;
  return reshape(after, without(event, [...(out ?? []), ...(ofFoe ?? [])]), event);
}

function subjectOf(event: WorldEvent): CreatureId | undefined {
  if ("creature" in event) return event.creature;
  return event.type === "AttackRolled" || event.type === "SpellCast" || event.type === "SpellLost"
    ? event.by
    : undefined;
}

function without(event: WorldEvent, members: readonly string[]): ViewEvent {
  if (members.length === 0) return event;
  return Object.fromEntries(Object.entries(event).filter(([key]) => !members.includes(key))) as ViewEvent;
}

function reshape(after: WorldState, shown: ViewEvent, event: WorldEvent): ViewEvent {
  switch (event.type) {
    case "CharacterJoined":
      return {
        type: event.type,
        character: event.character.id,
        name: event.character.name,
        class: event.character.classes[0]?.id,
      };
    case "EncounterMet":
      return { type: event.type, distance: event.encounter.distance, attitude: event.encounter.attitude };
    case "QuestOffered":
      return { type: event.type, quest: event.quest.id, title: event.quest.title };
    case "EffectBegan":
      return { ...shown, effect: effectShown(event.effect) };
    case "CloudBegan":
      return { type: event.type, cloud: { id: event.cloud.id, spell: event.cloud.spell, caster: event.cloud.caster } };
    case "PromptOpened":
      return {
        type: event.type,
        prompt: { type: event.prompt.type, creature: event.prompt.creature, endsAt: event.prompt.endsAt },
      };
    case "SurpriseRolled":
      return { ...shown, rolls: event.rolls.filter(({ creature }) => creature.startsWith("c_")) };
    case "InitiativeRolled":
      return {
        type: event.type,
        rolls: event.rolls.filter(({ creature }) => !unseenNow(after, creature)),
        order: event.order.filter((id) => !unseenNow(after, id)),
      };
    case "TurnDelayed":
      return { ...shown, order: event.order.filter((id) => !unseenNow(after, id)) };
    default:
      return shown;
  }
}

function unseenNow(after: WorldState, id: CreatureId): boolean {
  return after.battle !== null && after.battle.monsters[id] !== undefined && isUnseen(after.battle, id);
}

function effectShown(effect: Effect): Readonly<Record<string, unknown>> {
  const { id, record, source, endsAt } = effect;
  return {
    id,
    name: record.name,
    kind: record.kind,
    source,
    endsAt,
    ...(record.condition ? { condition: record.condition } : {}),
  };
}
