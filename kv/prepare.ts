import type { Mutation, StoreLimits } from "./cells.ts";
import { encodeValue, splitParts } from "./codec.ts";
import { keyBytes } from "./key_bytes.ts";
import {
  characterKey,
  dueKey,
  entryKey,
  partKey,
  receiptKey,
  returnKeyKey,
  seatKey,
  sessionIdKey,
  sessionKey,
} from "./keys.ts";
import type { Change, Prepared } from "./ports.ts";

/** Parts stay below the limit of a value, so that no store counts a byte more than we do and refuses one. */
export const PART_BYTES = 60 * 1_024;

/** One command's events may take this much; more is a bug of the rules. */
export const ENTRY_LIMIT_BYTES = 256 * 1_024;

/** Encoded changes: each is encoded once, when it is decided, and its size tells the packer what fits. */
export class EncodedChanges implements Prepared {
  readonly list: readonly Mutation[];
  readonly mutations: number;
  readonly bytes: number;
  readonly keyBytes: number;

  constructor(list: readonly Mutation[]) {
    this.list = list;
    this.mutations = list.length;
    let bytes = 0;
    let keys = 0;
    for (const { key, value } of list) {
      const size = keyBytes(key);
      keys += size;
      bytes += size + (value?.length ?? 0);
    }
    this.bytes = bytes;
    this.keyBytes = keys;
  }
}

/** Encodes changes for a later pack. Throws RangeError when one entry is larger than any honest one. */
export function prepareChanges(changes: readonly Change[], limits: StoreLimits): EncodedChanges {
  const list: Mutation[] = [];
  for (const change of changes) addMutations(list, change, limits);
  return new EncodedChanges(list);
}

export function mutationsOf(prepared: Prepared): readonly Mutation[] {
  if (prepared instanceof EncodedChanges) return prepared.list;
  throw new TypeError("Cannot commit changes which another store prepared");
}

function addMutations(list: Mutation[], change: Change, limits: StoreLimits) {
  switch (change.type) {
    case "entry": {
      const key = entryKey(change.world, change.entry.n);
      const bytes = encodeValue(change.entry);
      if (bytes.length > ENTRY_LIMIT_BYTES) {
        throw new RangeError(
          `Cannot store entry ${change.entry.n} of ${change.world} as its size must be <= ${ENTRY_LIMIT_BYTES}: current value is ${bytes.length}`,
        );
      }
      if (bytes.length <= limits.value) list.push({ key, value: bytes });
      else splitParts(bytes, PART_BYTES).forEach((value, part) => list.push({ key: partKey(key, part), value }));
      return;
    }
    case "receipt": {
      const { cseq } = change.receipt;
      const key = receiptKey(change.owner, change.session, change.lane, cseq);
      list.push({ key, value: encodeValue(change.receipt) });
      return;
    }
    case "character":
      list.push({ key: characterKey(change.account, change.id), value: change.value && encodeValue(change.value) });
      return;
    case "seat":
      list.push({ key: seatKey(change.account, change.world), value: change.value && encodeValue(change.value) });
      return;
    case "due": {
      const key = dueKey(change.minute, change.world);
      list.push({ key, value: change.on ? encodeValue({}) : undefined });
      return;
    }
    case "session":
      list.push({ key: sessionKey(change.tokenHash), value: encodeValue(change.value) });
      list.push({ key: sessionIdKey(change.value.id), value: encodeValue({ hash: change.tokenHash }) });
      return;
    case "returnKey": {
      const { account } = change;
      list.push({
        key: returnKeyKey(change.keyHash),
        value: account === undefined ? undefined : encodeValue({ account }),
      });
      return;
    }
  }
}
