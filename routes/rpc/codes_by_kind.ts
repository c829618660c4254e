/** Codes that need not be listed by a method, because its kind brings them. */
import type { Code } from "../wire/codes.ts";

/** Whatever is called. */
export const ANY_CODES: readonly Code[] = [
  "rpc/invalid_params",
  "rpc/deadline",
  "server/internal",
  "server/busy",
  "server/store_unavailable",
  "server/going_away",
  "limit/rate",
];

/** Whatever needs a session. */
export const SIGNED_IN_CODES: readonly Code[] = [...ANY_CODES, "auth/required", "auth/ended"];

/** Whatever only the operator may do. */
export const ADMIN_CODES: readonly Code[] = [...SIGNED_IN_CODES, "auth/forbidden"];

/** Whatever reads a world. */
export const QUERY_CODES: readonly Code[] = ["world/unknown", "world/frozen", "world/quarantined"];

const RECEIPT_CODES: readonly Code[] = [
  "server/read_only",
  "command/cseq_reused",
  "command/superseded",
  "command/receipt_gone",
  "command/in_flight",
];

/** Whatever commands an account. */
export const ACCOUNT_COMMAND_CODES: readonly Code[] = [...SIGNED_IN_CODES, ...RECEIPT_CODES, "account/damaged"];

/** Whatever commands a world. */
export const COMMAND_CODES: readonly Code[] = [
  ...ACCOUNT_COMMAND_CODES,
  ...QUERY_CODES,
  "command/stale",
  "command/other_epoch",
  "world/ended",
];

/** Whatever a seat does with a character of its own. */
export const OWN_CODES: readonly Code[] = ["character/unknown", "character/not_yours"];

/** Whatever only the host of a world may do. */
export const HOST_SEAT_CODES: readonly Code[] = ["world/not_host"];

/** Whatever only the leader may do. */
export const LEADER_CODES: readonly Code[] = ["turn/not_leader"];
