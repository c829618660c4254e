/**
 * Players who are there while something happens to others. They have a thread of their own: on the one that makes the
 * storm they would measure how long that takes, not how long the server does.
 */
import { createPlayer, insist, type Player } from "../kit/players.ts";
import { forAll } from "./followers.ts";

const BREATH_MS = 200;

/** What the worker is told. */
export type OthersAsked = { readonly type: "come"; readonly url: string; readonly count: number } | {
  readonly type: "play" | "stop";
};
/** What it says: all are there, or ms of every answer. */
export type OthersTold = { readonly type: "here" } | { readonly type: "done"; readonly times: readonly number[] };

let players: readonly Player[] = [];
let playing = false;
let played: Promise<readonly number[][]> = Promise.resolve([]);

self.addEventListener("message", async ({ data }: MessageEvent<OthersAsked>) => {
  if (data.type === "come") {
    const { url, count } = data;
    const names = Array.from({ length: count }, (_, i) => `Other ${i}`);
    players = await forAll(names, (name) => createPlayer({ url, name }), 10);
    tell({ type: "here" });
  } else if (data.type === "play") {
    playing = true;
    played = Promise.all(players.map(playOn));
  } else {
    playing = false;
    const times = (await played).flat();
    await Promise.all(players.map(({ client }) => client.close()));
    tell({ type: "done", times });
  }
});

/** One command after another, with a breath between; ms of each. */
async function playOn(player: Player): Promise<number[]> {
  const times: number[] = [];
  while (playing) {
    const from = performance.now();
    await insist(player, () => player.client.connect(), "turn", { to: "left" });
    times.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
  }
  return times;
}

function tell(told: OthersTold): void {
  self.postMessage(told);
}
