/** What everybody in a run shares. */
import type { EnginePort } from "../../../host/engine_port.ts";
import type { History } from "../../kit/history.ts";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import type { Network } from "./network.ts";
import type { Truth } from "./truth.ts";
import type { Witness } from "./witness.ts";

export interface Stage {
  readonly agenda: Agenda;
  /** What players choose. */
  readonly chance: Chance;
  readonly network: Network;
  readonly truth: Truth;
  readonly witness: Witness;
  readonly history: History;
  /** Rules nobody has tampered with. */
  readonly engine: EnginePort;
}
