/**
 * Scenes for the contract: the real rules in a world that was put into a certain state. A line of talk `scene N` sets the
 * N-th scene, as an event of the world like any other, so that host, store and doors notice no difference.
 */
import type { EnginePort } from "../../host/engine_port.ts";
import type { WorldEvent } from "../../engine/types/event.ts";
import type { WorldState } from "../../engine/types/state.ts";

export type Scene = (state: WorldState) => WorldState;

export interface Stage {
  /** The state last looked at. */
  state(): WorldState;
  /** Registers a scene; answers the line of talk that sets it. */
  add(scene: Scene): string;
  rules(rules: EnginePort): EnginePort;
}

export function createStage(): Stage {
  const scenes: Scene[] = [];
  let last: WorldState | undefined;

  return {
    state() {
      if (last === undefined) throw new Error("No world was looked at yet");
      return last;
    },
    add(scene) {
      scenes.push(scene);
      return `scene ${scenes.length - 1}`;
    },
    rules(rules) {
      function sceneOf(event: WorldEvent): Scene | undefined {
        const number = event.type === "Said" ? /^scene (\d+)$/.exec(event.text)?.[1] : undefined;
        return number === undefined ? undefined : scenes[Number(number)];
      }
      function evolve(state: WorldState, event: WorldEvent): WorldState {
        const next = rules.evolve(state, event);
        const scene = sceneOf(event);
        return scene === undefined ? next : { ...scene(next), at: next.at, seats: next.seats };
      }
      return {
        ...rules,
        evolve,
        step(state, command, place) {
          const outcome = rules.step(state, command, place);
          if (!outcome.ok) return outcome;
          // What the rules found to do in the former state has no place in the scene.
          const cut = outcome.events.findIndex((event) => sceneOf(event) !== undefined);
          const events = cut < 0 ? outcome.events : outcome.events.slice(0, cut + 1);
          return { ...outcome, events, state: events.reduce(evolve, state) };
        },
        view(state, audience) {
          last = state;
          return rules.view(state, audience);
        },
      };
    },
  };
}
