import { assert, assertEquals } from "@std/assert";
import type { DungeonReport } from "./finish_dungeon.ts";

const DUNGEONS = 200;

/** Hands dungeons to one worker after another has answered, until none is left. */
async function playAll(count: number): Promise<readonly DungeonReport[]> {
  const reports: DungeonReport[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, async () => {
    const worker = new Worker(new URL("./dungeon_worker.ts", import.meta.url), { type: "module" });
    while (next < count) {
      const answer = Promise.withResolvers<DungeonReport>();
      worker.onmessage = ({ data }) => answer.resolve(data);
      worker.onerror = (event) => answer.reject(new Error(event.message));
      worker.postMessage(next++);
      reports.push(await answer.promise);
    }
    worker.terminate();
  }));
  return reports;
}

Deno.test(`a random player finishes ${DUNGEONS} dungeons by legal commands alone, and each replays to the same state`, async () => {
  const reports = await playAll(DUNGEONS);

  assertEquals(reports.filter(({ broken }) => broken.length > 0), []);
  assertEquals(new Set(reports.map(({ dungeon }) => dungeon)).size, DUNGEONS);
  assert(reports.every(({ commands }) => commands > 100), "a dungeon takes more than a hundred commands");
});
