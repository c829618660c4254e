import { z } from "zod";
import type { JsonObject } from "../../host/api.ts";
import type { WorldEvent } from "../../engine/types/event.ts";

/** How an attack ended; absent while a reaction of the target is awaited. */
export const AttackResult = z.object({ hit: z.boolean(), damage: z.int() }).partial();

export function attackExtras(events: readonly WorldEvent[]): JsonObject {
  const attack = events.find((event) => event.type === "AttackRolled" && event.reaction === undefined);
  if (attack?.type !== "AttackRolled") return {};
  const damage = events.find((event) =>
    event.type === "DamageRolled" && event.by === attack.by && event.target === attack.target
  );
  return { hit: attack.hit, damage: damage?.type === "DamageRolled" ? damage.total : 0 };
}
