/** One world, a thousand who watch, ten messages a second: from the asking of a command to each of them hearing of it. */
import { createPlayer } from "../kit/players.ts";
import { CALM, startServer } from "../kit/server.ts";
import { followWorld } from "./followers.ts";
import { spread } from "./process.ts";
import { type Row, row } from "./report.ts";

const SECONDS = 15;

/** Starts a server of its own. Followers are sockets of members: there are no seats for spectators yet. */
export async function fanout(count = 1_000, perSecond = 10): Promise<readonly Row[]> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-fanout-" });
  const server = await startServer({ data, env: CALM });
  try {
    const player = await createPlayer({ url: server.url, name: "Leader", verify: false });
    /** When each message came, by its number. */
    const heard = new Map<number, number[]>();
    const followers = await followWorld(player, count, (seq) => {
      const times = heard.get(seq);
      if (times === undefined) heard.set(seq, [performance.now()]);
      else times.push(performance.now());
    });
    const own: number[] = [];
    /** When each command was due, by the number of its message. */
    const dues = new Map<number, number>();
    const start = performance.now();
    const under: Promise<void>[] = [];
    for (let i = 0; i < SECONDS * perSecond; i++) {
      const due = start + (i * 1_000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      const answer = player.command("turn", { to: "left" });
      // One that is turned away has no message.
      under.push(answer.then(({ seq }) => {
        own.push(performance.now() - due);
        dues.set(Number(seq), due);
      }, () => undefined));
    }
    await Promise.all(under);
    const last = Math.max(...dues.keys());
    for (const until = performance.now() + 10_000; performance.now() < until;) {
      if (followers.every((follower) => follower.seq >= last)) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const late = [...dues].flatMap(([seq, due]) => (heard.get(seq) ?? []).map((at) => at - due));
    const faults = followers.reduce((all, { missed, doubled }) => all + missed + doubled, 0);
    const lost = count * dues.size - late.length;
    await Promise.all(followers.map((follower) => follower.close()));
    await player.client.close();
    return [
      row(`messages to ${count} followers of one world at ${perSecond}/s, p99`, spread(late).p99, "ms", 250, "less"),
      row("the party's own answers meanwhile, p99", spread(own).p99, "ms", 50, "less"),
      row("messages missing or doubled", Math.abs(lost) + faults, "", 0, "less"),
    ];
  } finally {
    await server.stop();
    await Deno.remove(data, { recursive: true });
  }
}
