/** Pieces of parameter schemas: ids, names, points. Everything from outside is bounded. */
import { z } from "zod";
import type { CreatureId, ItemId, LevelId, Point, QuestId, SeatId, WorldId } from "../../engine/types/ids.ts";
import { AUDIENCES } from "../../engine/types/names.ts";

const THING = /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/;

export const WorldRef = id<WorldId>(/^w_[A-Za-z0-9_-]{1,40}$/);
export const CreatureRef = id<CreatureId>(/^[cn]_[A-Za-z0-9_.:-]{1,60}$/);
export const SeatRef = id<SeatId>(THING);
export const ItemRef = id<ItemId>(THING);
export const LevelRef = id<LevelId>(THING);
export const QuestRef = id<QuestId>(THING);

/** Id of a content record: a spell, a feature. */
export const RecordRef = z.string().regex(/^[a-zA-Z][A-Za-z0-9_-]{0,39}$/);

/** Code of an invite link, with or without the world before the dot. */
export const InviteCode = z.string().regex(/^(w_[A-Za-z0-9_-]{1,40}\.)?[A-Za-z0-9_-]{4,64}$/);

/** How many of a stack. */
export const Count = z.int().min(1).max(100_000);

/** Cell of a level or square of a battlefield. */
export const PointRef: z.ZodType<Point> = z.tuple([z.int().min(0).max(63), z.int().min(0).max(63)]);

export const AudienceRef = z.enum(AUDIENCES);
export const Cseq = z.int().min(1).max(2 ** 40);
export const Lane = z.int().min(0).max(15);
export const Epoch = z.int().min(0).max(2 ** 40);
export const Seq = z.int().min(0).max(2 ** 40);

/** 1-24 visible characters of any script plus space, hyphen and apostrophe, in NFC (game, section 5). */
export const PersonName = z.string().max(96).refine(isName, "must be 1-24 letters, marks, digits, spaces, - or '");

/** A world's title: as a name, but longer and with the punctuation titles have. */
export const Title = z.string().max(160).refine(isTitle, "must be 1-40 visible characters in NFC");

/** A line of talk. */
export const Line = z.string().min(1).max(500).refine(isPlain, "must not contain control characters");

export const Lang = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/);
export const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);

/** A short free choice: `fightingStyle: "defence"`. */
export const Choices = z.record(RecordRef, RecordRef).refine((value) => Object.keys(value).length <= 12, "at most 12");

/** Whether a text is a person's name as the game allows it. */
export function isName(text: string): boolean {
  if (text !== text.normalize("NFC") || text !== text.trim()) return false;
  const length = visibleLength(text);
  return length >= 1 && length <= 24 && /^[\p{L}\p{M}\p{N} '’-]+$/u.test(text) && /[\p{L}\p{N}]/u.test(text);
}

function isTitle(text: string): boolean {
  if (text !== text.normalize("NFC") || text !== text.trim()) return false;
  const length = visibleLength(text);
  return length >= 1 && length <= 40 && /^[\p{L}\p{M}\p{N}\p{P} ]+$/u.test(text);
}

/** No control or direction-changing characters. */
function isPlain(text: string): boolean {
  return !/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text);
}

/** Marks stand on a letter and take no place of their own. */
function visibleLength(text: string): number {
  return [...text].filter((char) => !/\p{M}/u.test(char)).length;
}

/** A branded id: the brand exists for the compiler only, the pattern is what is checked. */
function id<T extends string>(pattern: RegExp): z.ZodType<T, string> {
  return z.string().regex(pattern) as unknown as z.ZodType<T, string>;
}
