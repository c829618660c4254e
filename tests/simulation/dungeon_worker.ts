/** Plays the dungeons it is told to and answers each with its report. */
import { finishDungeon } from "./finish_dungeon.ts";

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<number>) => void) | null;
  postMessage(message: unknown): void;
};
scope.onmessage = ({ data }) => scope.postMessage(finishDungeon(data));
