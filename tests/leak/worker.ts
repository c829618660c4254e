/** Plays the evenings it is told and answers each with what leaked. */
import { type LeakPlay, type LeakReport, playLeak } from "./leak.ts";

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<LeakPlay>) => void) | null;
  postMessage(message: LeakReport): void;
};
scope.onmessage = ({ data }) => {
  try {
    scope.postMessage(playLeak(data));
  } catch (error) {
    scope.postMessage({
      broken: [error instanceof Error ? `${error.stack}` : String(error)],
      looked: 0,
      refusals: 0,
      modes: [],
    });
  }
};
