/** Many followers: eight sockets to a session, as many sessions of the player's account as that takes. */
import { patiently, rpc } from "../kit/client.ts";
import type { Player } from "../kit/players.ts";
import { Follower } from "./follower.ts";

const PER_SESSION = 8;
const AT_ONCE = 40;

/** Followers of one player's world, connected. */
export async function followWorld(
  { client, world }: Player,
  count: number,
  heard: (seq: number) => void = () => {},
): Promise<readonly Follower[]> {
  const { url, options: { token } } = client;
  const { key } = count > PER_SESSION - 1
    ? await patiently(() => rpc(url, "session.returnKey", {}, token))
    : { key: "" };
  const followers: Follower[] = [];
  while (followers.length < count) {
    const session = followers.length === 0 && count < PER_SESSION
      ? token
      : String((await patiently(() => rpc(url, "session.return", { key, token: true }))).token);
    const some = Array.from(
      { length: Math.min(PER_SESSION, count - followers.length) },
      () => new Follower({ url, token: session, world, heard }),
    );
    await Promise.all(some.map((follower) => follower.connect()));
    followers.push(...some);
  }
  return followers;
}

/** Runs over all of them, a few at a time. */
export async function forAll<T, R>(all: readonly T[], run: (one: T) => Promise<R>, atOnce = AT_ONCE): Promise<R[]> {
  const results: R[] = [];
  const next = all.entries();
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, async () => {
    for (const [i, one] of next) results[i] = await run(one);
  }));
  return results;
}
