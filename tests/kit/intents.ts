/** How a legal intent is asked for on the wire: as the browser does it. */
import type { PlayerIntent } from "../../engine/types/command.ts";
import { callOf } from "../../web/state/acts.ts";
import type { JsonRecord } from "./client.ts";

export function wireCall(intent: PlayerIntent): { readonly method: string; readonly params: JsonRecord } {
  return callOf(intent);
}
