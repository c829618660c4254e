/** The shield spell as a reaction to a hit (SRD 5.1, Shield; standing policy of game design 6.2). */
import { spell } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { beginEffect, hasTag, isAble } from "../effects/mod.ts";
import type { EventOf } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { spend } from "./budget.ts";
import { isPlayed, PROMPT_MS } from "./clock.ts";

const SHIELD = "shield";

export interface ShieldQuestion {
  readonly by: CreatureId;
  readonly target: CreatureId;
  readonly reaction?: true;
  readonly event: EventOf<"AttackRolled">;
}

/** Whether the target raises its shield: by policy at once, by asking its player, or not at all. */
export function considerShield(play: Play, question: ShieldQuestion): "none" | "cast" | "asked" {
  const { state } = play;
  const one = state.characters[question.target];
  if (!one || !canShield(state, one.id) || one.policy.shield === "never") return "none";
  const { roll, vs, critical } = question.event;
  if (roll.total >= vs + armourBonus()) return "none";
  if (one.policy.shield === "ask" && isPlayed(one)) {
    play.emit({
      type: "PromptOpened",
      prompt: {
        type: "shield",
        creature: one.id,
        attacker: question.by,
        attack: question.event.with,
        total: roll.total,
        d20: roll.kept ?? roll.total,
        endsAt: play.at + PROMPT_MS,
        since: play.at,
        critical,
        ...(question.reaction ? { reaction: true as const } : {}),
      },
    });
    return "asked";
  }
  return castShield(play, one.id) ? "cast" : "none";
}

/** Casts it with the lowest slot left: the reaction goes, the effect begins. Answers whether it could. */
export function castShield(play: Play, id: CreatureId): boolean {
  if (!canShield(play.state, id)) return false;
  const one = play.state.characters[id];
  const index = one?.slots.findIndex((left) => left > 0) ?? -1;
  if (!one || index < 0) return false;
  const slots = one.slots.map((left, level) => level === index ? left - 1 : left);
  play.emit({ type: "SpellCast", by: id, spell: SHIELD, slot: index + 1, slots, targets: [id] });
  spend(play, id, { reaction: 1 });
  for (const operation of spell(SHIELD).operations) {
    if (operation.type === "effect") {
      beginEffect(play, { target: id, record: operation.effect, source: SHIELD, caster: id });
    }
  }
  return true;
}

function canShield(state: WorldState, id: CreatureId): boolean {
  const creature = findCreature(state, id);
  const reaction = state.battle?.on[id]?.budget.reaction ?? 0;
  return creature?.type === "character" && reaction > 0 && isAble(creature) && !hasTag(creature, "noReactions") &&
    creature.prepared.includes(SHIELD) && creature.slots.some((left) => left > 0);
}

function armourBonus(): number {
  return spell(SHIELD).operations.reduce((sum, operation) => {
    const changes = operation.type === "effect" ? operation.effect.modifiers ?? [] : [];
    return sum + changes.reduce((all, one) => all + (one.stat === "ac" ? one.value : 0), 0);
  }, 0);
}
