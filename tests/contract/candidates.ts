/** What could stand in a command's members, sensible or not, by what the view shows. `method.member` counts before `member`. */
import type { PartyView } from "../../engine/types/view.ts";
import type { JsonRecord } from "../kit/client.ts";
import { type Chance, pick } from "./evening.ts";
import type { Guest } from "./house.ts";
import type { Table } from "./table.ts";

const SPELLS = ["magicMissile", "sleep", "cureWounds", "bless", "light", "fireBolt", "shieldOfFaith", "web", "nope"];

export function candidates(table: Table, view: PartyView, guest: Guest, chance: Chance): JsonRecord {
  const own = table.characters[guest === table.leader ? 0 : 1];
  const all = Object.keys(view.characters);
  const foes = Object.keys(view.combat?.foes ?? {});
  const turn = view.combat?.turn ?? "";
  const me = own.includes(turn) && chance() < 0.8 ? turn : pick(own, chance);
  const sheet = view.characters[me];
  const place = view.combat?.on[me]?.at;
  const near = (): readonly [number, number] =>
    place === undefined || chance() < 0.1
      ? [Math.floor(chance() * 49), Math.floor(chance() * 25)]
      : [clamp(place[0] + pick([-1, 0, 1], chance)), clamp(place[1] + pick([-1, 0, 1], chance))];
  const things = [
    ...Object.keys(sheet?.pack ?? {}),
    ...Object.keys(view.stash),
    ...Object.keys(view.aftermath?.items ?? {}),
    ...Object.keys(view.characters[pick(all, chance)]?.pack ?? {}).slice(0, 2),
    "i_none",
  ];
  const cell = () => Math.floor(chance() * 16);
  return {
    ...(view.combat === null ? {} : { combat: true }),
    character: pick([me, me, me, me, me, me, pick(all, chance), "c_none"], chance),
    target: pick([...foes, ...foes, ...all], chance),
    ally: pick(all, chance),
    after: pick([...all, ...foes], chance),
    weapon: pick(things, chance),
    hand: pick(["main", "off"], chance),
    spell: pick([...SPELLS, ...(sheet?.prepared ?? []), ...(sheet?.cantrips ?? [])], chance),
    "castSpell.slot": pick([0, 1, 1, 2], chance),
    slot: pick(["head", "chest", "weaponMain", "weaponOff", "rings"], chance),
    targets: [pick([...foes, ...all], chance), pick(all, chance), pick(all, chance), pick(all, chance)]
      .slice(0, pick([1, 1, 2, 4], chance)),
    point: near(),
    path: Array.from({ length: pick([1, 1, 2, 12], chance) }, near),
    square: near(),
    item: pick(things, chance),
    feature: pick([...(sheet?.features ?? []), "nope"], chance),
    amount: pick([1, 5, 100], chance),
    choice: pick(["dash", "hide", "slip", "nope"], chance),
    "encounter.choose.choice": pick(["wait", "advance", "advance", "flee", "combat"], chance),
    count: pick([1, 1, 2, 99], chance),
    "camp.spendHitDice.count": pick([1, 1, 20], chance),
    "turn.to": pick(["left", "right", "about"], chance),
    "travel.to": pick(
      ["frontier", "treasure", "lockedDoor", "stairsDown", "stairsUp", "board", "exit", {
        level: view.party.level,
        at: [cell(), cell()],
      }],
      chance,
    ),
    "item.give.to": pick(["stash", "ground", pick(all, chance), "c_none"], chance),
    "loot.assign.to": pick(["stash", pick(all, chance), "c_none"], chance),
    from: pick(["stash", "ground"], chance),
    how: pick(["open", "close", "unlock", "bash", "pick", "knock", "stairs", "take"], chance),
    mode: pick(["on", "off", "look"], chance),
    claim: pick(["need", "greed", "pass"], chance),
    "camp.rest.kind": pick(["short", "short", "long"], chance),
    kind: pick(["opportunity", "shield"], chance),
    policy: pick(["always", "ask", "ask", "never"], chance),
    take: chance() < 0.5,
    hp: pick(["average", "roll"], chance),
    quest: pick([...Object.keys(view.quests), "q_none"], chance),
    spells: [pick(SPELLS, chance), ...(sheet?.prepared ?? []), ...(sheet?.spells ?? [])].slice(
      0,
      pick([1, 3, 40], chance),
    ),
    order: pick([all, own, [...all].reverse(), [...own, "c_none"]], chance),
    text: pick(["To the left!", " "], chance),
  };
}

function clamp(value: number): number {
  return Math.min(63, Math.max(0, value));
}
