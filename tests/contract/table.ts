/** Two guests at one table, their characters, and a stranger: who the contract is tested with. */
import type { EnginePort } from "../../host/engine_port.ts";
import type { PartyView } from "../../engine/types/view.ts";
import type { JsonRecord } from "../kit/client.ts";
import type { Guest, House, Reply } from "./house.ts";

export interface Table {
  readonly house: House;
  readonly world: string;
  readonly leader: Guest;
  readonly member: Guest;
  readonly stranger: Guest;
  /** The link's last part. */
  readonly invite: string;
  /** Characters of the leader, of the member. */
  readonly characters: readonly [readonly string[], readonly string[]];
  view(): Promise<PartyView>;
}

const PARTY = [
  { name: "Aldric", class: "fighter", lineage: "human", assign: ["str", "con", "dex", "wis", "cha", "int"] },
  { name: "Brianna", class: "cleric", lineage: "dwarf", assign: ["wis", "con", "str", "cha", "dex", "int"] },
  { name: "Corin", class: "thief", lineage: "halfling", assign: ["dex", "con", "int", "wis", "cha", "str"] },
  { name: "Dessa", class: "mage", lineage: "elf", assign: ["int", "dex", "con", "wis", "cha", "str"] },
  { name: "Edda", class: "ranger", lineage: "halfElf", assign: ["dex", "wis", "con", "str", "cha", "int"] },
  { name: "Falk", class: "paladin", lineage: "halfOrc", assign: ["str", "cha", "con", "wis", "dex", "int"] },
] as const;

/** Rules under which everybody begins with the experience of the second level, so that an evening gets to see it. */
export function veterans(rules: EnginePort): EnginePort {
  return {
    ...rules,
    createCharacter(input) {
      const made = rules.createCharacter(input);
      return made.ok ? { ok: true, character: { ...made.character, xp: 300 } } : made;
    },
  };
}

export async function layTable(house: House): Promise<Table> {
  const [leader, member, stranger] = [
    await house.guest("Ada"),
    await house.guest("Bo"),
    await house.guest("Cyd"),
  ];
  const created = resultOf(await leader.own("world.create", { name: "Ash Hollow", difficulty: "story" }));
  const world = String(created["world"]);
  const invite = String(created["invite"]).split("/").at(-1) ?? "";
  const characters: [string[], string[]] = [[], []];
  for (const [index, { assign, ...who }] of PARTY.entries()) {
    const own = index < 3 ? 0 : 1;
    const made = resultOf(
      await [leader, member][own]?.own("createCharacter", { ...who, method: "standard", assign }) ?? { ok: false },
    );
    characters[own].push(String(recordOf(made["character"])["id"]));
  }
  resultOf(await leader.command("joinGame", world, { characters: characters[0] }));
  resultOf(await member.command("joinGame", world, { invite, characters: characters[1] }));
  return {
    house,
    world,
    leader,
    member,
    stranger,
    invite,
    characters,
    async view() {
      return resultOf(await leader.call("getGameState", { world }))["view"] as unknown as PartyView;
    },
  };
}

export function resultOf(reply: Reply | { readonly ok: false }): JsonRecord {
  if (!reply.ok) throw new Error(`Expected a result: ${JSON.stringify(reply)}`);
  return reply.result;
}

export function codeOf(reply: Reply): string {
  return reply.ok ? "ok" : reply.code;
}

export function recordOf(value: unknown): JsonRecord {
  return typeof value === "object" && value !== null ? value as JsonRecord : {};
}
