/** Where a fault may be planted: around what a process is given or gives on. Nothing of the server itself is touched. */
import type { Host } from "../../../host/api.ts";
import type { Clock } from "../../../host/clock.ts";
import type { EnginePort } from "../../../host/engine_port.ts";
import type { Cells } from "../../../kv/cells.ts";
import type { Store } from "../../../kv/ports.ts";
import type { raisedEpoch } from "../../../kv/raise_epochs.ts";
import type { Dispatcher } from "../../../routes/rpc/dispatcher.ts";
import type { Life } from "./life.ts";
import type { Chance } from "./chance.ts";

export interface PlantSite {
  readonly life: Life;
  readonly clock: Clock;
  readonly chance: Chance;
}

export interface Plant {
  readonly cells?: (cells: Cells, site: PlantSite) => Cells;
  readonly store?: (store: Store, site: PlantSite) => Store;
  readonly engine?: (engine: EnginePort, site: PlantSite) => EnginePort;
  readonly clock?: (clock: Clock, site: PlantSite) => Clock;
  readonly host?: (host: Host, site: PlantSite) => Host;
  readonly dispatcher?: (dispatcher: Dispatcher, site: PlantSite) => Dispatcher;
  /** How a restore counts the histories. */
  readonly raise?: typeof raisedEpoch;
}
