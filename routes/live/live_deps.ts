import type { Host } from "../../host/api.ts";
import type { AppDeps } from "../deps.ts";
import type { Dispatcher } from "../rpc/dispatcher.ts";
import type { Pacer } from "./pacer.ts";
import type { TurnAway } from "./turn_away.ts";
import type { Messages } from "../wire/messages.ts";

/** What connections share. */
export interface LiveDeps {
  readonly host: Host;
  readonly clock: AppDeps["clock"];
  readonly log: AppDeps["log"];
  readonly metrics: AppDeps["metrics"];
  readonly dispatcher: Dispatcher;
  readonly messages: Messages;
  /** Answers commands unread while they are turned away for load. */
  readonly turnAway?: TurnAway;
  /** Lets newcomers in a few at a time; without it they are read at once. */
  readonly arrivals?: Pacer;
  readonly makeRid: () => string;
}
