import { encodeValue } from "../codec.ts";
import { metaStoreKey } from "../keys.ts";
import type { StoreMeta } from "../records.ts";

/** Writes the record that names a store, of a directory that nobody has open. */
export async function putMeta(directory: string, meta: StoreMeta): Promise<void> {
  const kv = await Deno.openKv(`${directory}/goldbox.kv`);
  await kv.set(metaStoreKey, encodeValue(meta));
  kv.close();
}
