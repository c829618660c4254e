import type { OthersAsked, OthersTold } from "./others_worker.ts";

/** Players on a thread of their own, who measure what the others notice of a load. */
export interface Others {
  play(): void;
  /** They stop and leave; ms of each of their answers. */
  stop(): Promise<readonly number[]>;
}

/** So many players, each in a world of its own, ready to play. */
export async function seatOthers(url: string, count: number): Promise<Others> {
  const worker = new Worker(new URL("./others_worker.ts", import.meta.url), { type: "module" });
  const here = Promise.withResolvers<void>();
  const done = Promise.withResolvers<readonly number[]>();
  worker.onmessage = ({ data }: MessageEvent<OthersTold>) => {
    if (data.type === "here") here.resolve();
    else done.resolve(data.times);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const fault = new Error(`The others failed: ${event.message}`);
    here.reject(fault);
    done.reject(fault);
  };
  const ask = (asked: OthersAsked) => worker.postMessage(asked);
  ask({ type: "come", url, count });
  await here.promise;
  return {
    play: () => ask({ type: "play" }),
    async stop() {
      ask({ type: "stop" });
      const times = await done.promise;
      worker.terminate();
      return times;
    },
  };
}
