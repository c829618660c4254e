import { headKey, worldIndexKey } from "../keys.ts";
import { findWorlds } from "../world_index.ts";
import { encodeValue } from "../codec.ts";
import type { StoreMigration } from "./migration.ts";

/** Two atomics' worth of nothing: far below every limit, heads read by few calls. */
const WORLDS_PER_BATCH = 50;

/** Form 2: every world stands in an index of its own, so that all of them can be listed without reading their logs. */
export const worldIndex: StoreMigration = {
  to: 2,
  about: "list every world in an index",
  async batch(store, after) {
    const worlds = await findWorlds(store, after, WORLDS_PER_BATCH);
    const checks = await Promise.all(worlds.map(async (id) => {
      const key = headKey({ type: "world", id });
      return { key, stamp: (await store.get(key))?.stamp ?? null };
    }));
    const mutations = worlds.map((id) => ({ key: worldIndexKey(id), value: encodeValue({}) }));
    return { checks, mutations, after: worlds.length < WORLDS_PER_BATCH ? undefined : worlds.at(-1) };
  },
};
