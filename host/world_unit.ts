import type { WorldEvent } from "../engine/types/event.ts";
import type { Audience } from "../engine/types/names.ts";
import type { JsonObject } from "./api.ts";
import type { Receipt } from "../kv/ports.ts";
import type { ViewEvent } from "./engine_port.ts";
import type { AlsoWrite, Job } from "./job.ts";
import type { Lane } from "./lane.ts";
import type { Position } from "./position.ts";
import type { Prepared } from "../kv/ports.ts";
import type { View } from "../engine/types/view.ts";

/** A decided command of a world: everything that becomes true when its unit is durable. */
export interface Decided {
  readonly job: Job;
  readonly lane: Lane | undefined;
  readonly before: Position;
  readonly after: Position;
  readonly events: readonly WorldEvent[];
  /** Per audience, redacted; an empty list takes no number. */
  readonly shown: ReadonlyMap<Audience, readonly ViewEvent[]>;
  /** The party's view after it, where deciding has made it. */
  readonly view: View | undefined;
  readonly result: JsonObject;
  readonly receipt: Receipt | undefined;
  readonly also: AlsoWrite | undefined;
  readonly changes: Prepared;
  /** Refusals decided on top of this command: they must not be told before it is true. */
  readonly followers: Follower[];
  /** Whether the caller already heard that the outcome is unknown. */
  told: boolean;
}

export interface Follower {
  durable(): void;
  dropped(): void;
}
