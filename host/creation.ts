import { z } from "zod";
import type { CreatureId } from "../engine/types/ids.ts";
import type { AccountRecord, Change, RosterRecord } from "../kv/ports.ts";
import { refuseByRule, type Refused } from "./answers.ts";
import type { CreateCharacterIntent, JsonObject } from "./api.ts";
import { freshId, type HostDeps } from "./deps.ts";
import { sheetJson } from "./homecoming.ts";

/** Score sets an account may roll for one character: the first and three more. */
const SETS = 4;
const ROSTER = 24;

const openMatters = z.object({
  rolls: z.array(z.array(z.int()).readonly()).readonly().default([]),
  /** Sets rolled since the account began: the next one's place in its chance. */
  rolled: z.int().min(0).default(0),
});

/** What is open in an account: score sets that wait to become a character. */
export type OpenMatters = z.infer<typeof openMatters>;

export type AccountOutcome =
  | {
    readonly ok: true;
    readonly open: AccountRecord["open"];
    readonly result: JsonObject;
    readonly changes: readonly Change[];
  }
  | Refused;

export function openOf(record: AccountRecord): OpenMatters {
  return openMatters.parse(record.open);
}

export function rerollsLeft({ rolls }: OpenMatters): number {
  return Math.max(0, SETS - rolls.length);
}

/** Rolls one more set of six scores from the account's own seed. */
export function rollScores({ engine }: HostDeps, record: AccountRecord): AccountOutcome {
  const open = openOf(record);
  if (rerollsLeft(open) === 0) return refuseByRule({ code: "character/no_rolls", details: { limit: SETS } });
  const scores = engine.rollScores(record.seed, open.rolled);
  const next = { rolls: [...open.rolls, scores], rolled: open.rolled + 1 };
  return { ok: true, open: next, result: { scores, rolls: next.rolls, rerollsLeft: rerollsLeft(next) }, changes: [] };
}

/** Makes a character for the roster. Rolled sets are used up by the character made of them. */
export function createOne(
  { engine, randomBytes }: HostDeps,
  record: AccountRecord,
  roster: readonly RosterRecord[],
  intent: CreateCharacterIntent,
): AccountOutcome {
  if (roster.length >= ROSTER) return refuseByRule({ code: "character/roster_full", details: { limit: ROSTER } });
  const open = openOf(record);
  // Ids of the account type are its records' own.
  const account = record.id as Parameters<typeof engine.createCharacter>[0]["account"];
  const id = freshId("c", randomBytes) as CreatureId;
  const made = engine.createCharacter({ intent, id, account, rolls: open.rolls });
  if (!made.ok) return refuseByRule(made.rejection);
  const sheet = sheetJson(made.character);
  return {
    ok: true,
    open: intent.method === "roll" ? { ...open, rolls: [] } : { ...open },
    result: { character: sheet },
    changes: [{ type: "character", account: record.id, id, value: { id, sheet } }],
  };
}
