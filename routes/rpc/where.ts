import { z } from "zod";
import type { JsonObject } from "../../host/api.ts";
import type { WorldEvent } from "../../engine/types/event.ts";
import type { View } from "../../engine/types/view.ts";

/** Where the party stands after a command. */
export const WhereResult = z.object({
  at: z.tuple([z.int(), z.int()]),
  facing: z.string(),
}).partial();

export function whereExtras(_events: readonly WorldEvent[], view: View): JsonObject {
  return "party" in view ? { at: view.party.at, facing: view.party.facing } : {};
}
