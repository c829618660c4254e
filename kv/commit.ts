import type { Cells, Check, Mutation } from "./cells.ts";
import { encodeValue } from "./codec.ts";
import { headKey, metaOwnerKey, worldIndexKey } from "./keys.ts";
import type { CommitResult, Pack } from "./ports.ts";
import { mutationsOf } from "./prepare.ts";

/**
 * One atomic for a whole pack: a check on each head and on the owner record, then the writes. Nothing but check, set
 * and delete.
 */
export async function commitPack(cells: Cells, ownerStamp: string | undefined, pack: Pack): Promise<CommitResult> {
  const checks: Check[] = [];
  const mutations: Mutation[] = [];
  if (ownerStamp !== undefined) checks.push({ key: metaOwnerKey, stamp: ownerStamp });
  for (const { owner, stamp, head } of pack.subjects) {
    const key = headKey(owner);
    checks.push({ key, stamp });
    mutations.push({ key, value: encodeValue({ ...head, commit: pack.id }) });
    if (stamp === null && owner.type === "world") {
      mutations.push({ key: worldIndexKey(owner.id), value: encodeValue({}) });
    }
  }
  for (const change of pack.changes) mutations.push(...mutationsOf(change));

  const stamp = await cells.commit(checks, mutations);
  if (stamp !== undefined) return { ok: true, stamp };
  if (ownerStamp !== undefined && (await cells.get(metaOwnerKey))?.stamp !== ownerStamp) {
    return { ok: false, why: "owner" };
  }
  return { ok: false, why: "conflict" };
}
