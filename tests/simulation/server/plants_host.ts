/** Faults planted around the rules, the clock and the host. */
import type { View } from "../../../engine/types/view.ts";
import type { WorldState } from "../../../engine/types/state.ts";
import { AUDIENCES } from "../../../engine/types/names.ts";
import type { Listener, StreamFrame } from "../../../host/api.ts";
import type { Due } from "../../../host/engine_port.ts";
import { messageFrame, redactAll } from "../../../host/messages.ts";
import type { Life } from "./life.ts";
import type { Plant } from "./plant.ts";

/** A stream's listener as a planted fault sees it. */
interface Ear {
  readonly world: string;
  readonly audience: typeof AUDIENCES[number];
  readonly listener: Listener;
  seq: number;
}

/** Tells everybody what a command does when it is decided, not when it is stored. */
export function publishBeforeCommit(): Plant {
  const ears = new WeakMap<Life, Ear[]>();
  return {
    engine(engine, { life }) {
      return {
        ...engine,
        step(state, command, place) {
          const outcome = engine.step(state, command, place);
          if (!outcome.ok) return outcome;
          for (const ear of ears.get(life) ?? []) {
            const { world, audience, listener } = ear;
            const events = redactAll(engine, outcome.events, audience, outcome.state);
            if (world !== state.id || events.length === 0 || ear.seq === 0) continue;
            const views = { before: engine.view(state, audience), after: engine.view(outcome.state, audience) };
            const stamp = { world, audience, epoch: place.epoch, seq: ++ear.seq, at: command.at, rid: "early" };
            listener.send(messageFrame(engine, { ...stamp, events, ...views }, false));
          }
          return outcome;
        },
      };
    },
    host(host, { life }) {
      const own: Ear[] = [];
      ears.set(life, own);
      return {
        ...host,
        subscribe(caller, request, listener) {
          const ear: Ear = { world: request.world, audience: request.audience, listener, seq: 0 };
          own.push(ear);
          return host.subscribe(caller, request, {
            ...listener,
            send(frame) {
              if (frame.kind === "message" && frame.seq <= ear.seq) return;
              ear.seq = frame.seq;
              listener.send(frame);
            },
          });
        },
      };
    },
  };
}

/** Leaves out one message in twenty. */
export function seqGap(): Plant {
  return {
    host(host, { chance }) {
      return {
        ...host,
        subscribe: (caller, request, listener) =>
          host.subscribe(caller, request, {
            ...listener,
            send(frame: StreamFrame) {
              if (frame.kind !== "message" || !chance.happens(0.05)) listener.send(frame);
            },
          }),
      };
    },
  };
}

/** Lets a timer ring once more after it was answered, and the rules accept it. */
export function doubledTimer(): Plant {
  return {
    engine(engine) {
      const rung = new Map<string, { readonly due: Due; times: number }>();
      return {
        ...engine,
        due(state) {
          const due = engine.due(state);
          if (due !== undefined) rung.set(state.id, { due, times: 0 });
          const last = rung.get(state.id);
          return due ?? (last !== undefined && last.times < 2 ? last.due : undefined);
        },
        step(state, command, place) {
          const last = rung.get(state.id);
          if (last !== undefined && command.intent === last.due.intent) last.times++;
          return engine.step(state, command, place);
        },
      };
    },
  };
}

/** Shows the party how much has happened out of its sight. */
export function viewLeak(): Plant {
  return {
    engine: (engine) => ({
      ...engine,
      view: (state, audience) => ({ ...engine.view(state, audience), made: state.made }) as object as View,
    }),
  };
}

/** Tells the party of what only the rules may know. */
export function eventLeak(): Plant {
  return {
    engine: (engine) => ({
      ...engine,
      redact: (after, event, audience) =>
        event.type === "CellsSeen" ? { type: event.type } : engine.redact(after, event, audience),
    }),
  };
}

/** Decides on the newest state it ever came to, though the commands that led there were taken back. */
export function stalePending(): Plant {
  return {
    engine(engine) {
      const newest = new Map<string, WorldState>();
      return {
        ...engine,
        step(state, command, place) {
          const known = newest.get(state.id);
          const outcome = engine.step(known !== undefined && known.made > state.made ? known : state, command, place);
          if (outcome.ok) newest.set(state.id, outcome.state);
          return outcome;
        },
      };
    },
  };
}

/** Publishes within the very task that acknowledges. */
export function soonAtOnce(): Plant {
  return { clock: (clock) => ({ ...clock, soon: (run) => run() }) };
}

/** Answers every second look at a world with what the one before was shown. */
export function staleViews(): Plant {
  return {
    host(host) {
      const last = new Map<string, Awaited<ReturnType<typeof host.view>>>();
      let count = 0;
      return {
        ...host,
        async view(caller, world, audience, minSeq) {
          const key = `${world}/${audience}`;
          const now = await host.view(caller, world, audience, minSeq);
          const before = last.get(key);
          last.set(key, now);
          return before !== undefined && ++count % 2 === 0 ? before : now;
        },
      };
    },
  };
}
