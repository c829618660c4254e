/** The one place of the world's rooms where plain text becomes a branded id. */
import type { CacheId, GroupId, ItemId, LevelId, QuestId } from "../types/ids.ts";

export const levelId = (text: string): LevelId => text as LevelId;
export const groupId = (text: string): GroupId => text as GroupId;
export const cacheId = (text: string): CacheId => text as CacheId;
export const itemId = (text: string): ItemId => text as ItemId;
export const questId = (text: string): QuestId => text as QuestId;
