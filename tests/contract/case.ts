/** What a row of the contract's table is, and short ways to write one. */
import type { Character } from "../../engine/types/creature.ts";
import type { ClassId } from "../../engine/types/names.ts";
import type { WorldState } from "../../engine/types/state.ts";
import type { JsonRecord } from "../kit/client.ts";
import * as set from "./scenes.ts";
import type { Scene } from "./scenes.ts";

export interface Case {
  readonly method: string;
  readonly code: string;
  /** Which state it begins from, and what is changed in it. */
  readonly from: "explore" | "battle";
  readonly scene: Scene;
  /** The member instead of the leader. */
  readonly member?: true;
  readonly params: (state: WorldState) => JsonRecord;
}

export type Params = JsonRecord | ((state: WorldState) => JsonRecord);

export const as: Scene = (state) => state;
const MEMBERS: readonly ClassId[] = ["mage", "ranger", "paladin"];
export const chain = (count: number) => set.stack("i_chain", "chainMail", { count });

function one(from: Case["from"], method: string, code: string, scene: Scene, params: Params, member = false): Case {
  const filled = typeof params === "function" ? params : () => params;
  return { from, method, code, scene, params: filled, ...(member ? { member: true } : {}) };
}

export function peace(method: string, code: string, scene: Scene, params: Params = {}, member = false): Case {
  return one("explore", method, code, scene, params, member);
}

/** With `character` filled in: one of this class, asked for by whose it is. */
export function mine(id: ClassId, method: string, code: string, scene: Scene, params: Params = {}): Case {
  const rest = typeof params === "function" ? params : () => params;
  const filled = (state: WorldState) => ({ character: set.byClass(state, id), ...rest(state) });
  return one("explore", method, code, scene, filled, MEMBERS.includes(id));
}

/** In the arena, on the turn of the one of this class. */
export function fight(id: ClassId, method: string, code: string, scene: Scene | undefined, params: Params = {}): Case {
  const rest = typeof params === "function" ? params : () => params;
  const filled = (state: WorldState) => ({ character: set.byClass(state, id), ...rest(state) });
  return one("battle", method, code, scene ?? set.arena(id), filled, MEMBERS.includes(id));
}

export function withThing(id: string, item: string, more: Parameters<typeof set.stack>[2] = {}, worn = false) {
  return (one: Character) => ({
    pack: [...(worn ? one.pack : one.pack.slice(0, 6)), set.stack(id, item, more)],
  });
}

export function feature(id: ClassId, name: string): Scene {
  return set.who(id, ({ features }) => ({ features: [...features, name] }));
}
