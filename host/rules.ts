import * as engine from "../engine/mod.ts";
import { RULES_VERSION, STATE_VERSION } from "../engine/types/state.ts";
import type { Command, Intent, PlayerIntent } from "../engine/types/command.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { CreatureId, SeatId, WorldId } from "../engine/types/ids.ts";
import { AUDIENCES } from "../engine/types/names.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { View } from "../engine/types/view.ts";
import type { HashValue } from "../engine/view/hash.ts";
import type { Option } from "./api.ts";
import type { EnginePort, Patch } from "./engine_port.ts";

/** Form of views and messages: raised whenever the same log would give other bytes. */
const VIEW_VERSION = 3;

/** The real rules behind the host's port. */
export function createRules(): EnginePort {
  return {
    audiences: AUDIENCES,
    stateVersion: STATE_VERSION,
    viewVersion: VIEW_VERSION,
    forms: {
      event: engine.EVENT_FORM,
      liftEvent: engine.liftEvent,
      liftState: engine.liftState,
      lowerState: engine.lowerState,
    },
    rulesVersion: RULES_VERSION,
    // Ids of a log are the ids they were made as.
    start: (world) => engine.emptyState(world as WorldId),
    step: (state, command, { epoch, n }) =>
      engine.step(state, command, engine.commandRng(seedOf(state, command), epoch, n)),
    evolve: engine.evolve,
    knows: (type) => engine.EVENT_TYPES.has(type),
    relies,
    view: engine.view,
    redact: engine.redact,
    hash: (value) => engine.hashOf(plain(value)),
    diff: (before, after) => engine.diff(plain(before), plain(after)),
    apply: (view, patch) => applied(view, patch),
    due: engine.due,
    options,
    rollScores: (seed, roll) => engine.rollScores(engine.rngAt(seed, `rolls/${roll}`)),
    createCharacter: engine.createCharacter,
  };
}

/** A world's first command brings the seed with it; all others find it in the state. */
function seedOf(state: WorldState, { intent }: Command): string {
  return intent.type === "CreateWorld" ? intent.seed : state.seed;
}

function relies(event: WorldEvent, intent: Intent): boolean {
  return engine.ruleOf(intent.type).relies?.(event, intent) ?? true;
}

function options(state: WorldState, seat: SeatId, character: CreatureId | undefined): readonly Option[] {
  const intents = character === undefined ? engine.legalForSeat(state, seat) : engine.legalCommands(state, character);
  return intents.map((intent: PlayerIntent) => {
    const forecast = engine.forecast(state, intent);
    return forecast === undefined ? { intent } : { intent, forecast };
  });
}

/** Views and states are plain records of whole numbers, texts and booleans; the compiler cannot see it. */
function plain(value: object): HashValue {
  return value as HashValue;
}

function applied(view: View, patch: Patch): View {
  return engine.applyPatch(plain(view), patch) as object as View;
}
