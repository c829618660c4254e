/** Branded ids: swapping two of them must not compile. */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type WorldId = Id<"world">;
export type AccountId = Id<"account">;
export type SessionId = Id<"session">;
export type SeatId = Id<"seat">;
/** A character or a monster: whatever acts in the fiction. Characters begin with `c_`, monsters with `n_`. */
export type CreatureId = Id<"creature">;
export type ItemId = Id<"item">;
export type LevelId = Id<"level">;
export type GroupId = Id<"group">;
export type CacheId = Id<"cache">;
export type QuestId = Id<"quest">;
export type BattleId = Id<"battle">;
export type EffectId = Id<"effect">;

/** Cell of a level as `x,y`, 0-15 each, x grows east, y grows south. */
export type CellKey = `${number},${number}`;
/** Edge of a level: `n3,4` is the north edge of cell 3,4 and `w3,4` its west edge. South and east edges belong to the neighbour. */
export type EdgeKey = `${"n" | "w"}${number},${number}`;
/** `[x, y]`: of a level's cell, or of a battlefield's square. */
export type Point = readonly [x: number, y: number];
