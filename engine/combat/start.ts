/** The beginning of a fight: field, places, monsters, surprise, initiative, first turn. */
import { footprintOf } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import type { Group } from "../types/area.ts";
import type { MonsterRecord } from "../types/content.ts";
import type { Budget, Combatant, Monster } from "../types/creature.ts";
import type { BattleId, CreatureId, GroupId, Point, SeatId } from "../types/ids.ts";
import type { Facing, Personality } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";
import { BANK } from "./clock.ts";
import { facingTowards } from "../grid/mod.ts";
import { buildField, centreOf, edgeLook } from "./field.ts";
import { rollInitiative } from "./initiative.ts";
import { ahead, placeAll } from "./placement.ts";
import { firstTurn } from "./turn.ts";

export interface StartInput {
  readonly group: GroupId;
  /** Cells ahead. */
  readonly distance: 0 | 1 | 2;
  readonly surprised: "none" | "party" | "foes";
  /** The party was camping: it stands around the fire, foes come from two sides. */
  readonly camp?: boolean;
}

const OPPOSITE: Readonly<Record<Facing, Facing>> = { north: "south", south: "north", east: "west", west: "east" };
/** Who keeps back when the ranks form. */
const REAR: ReadonlySet<Personality> = new Set(["shooter", "caster", "coward"]);
const NOTHING: Budget = { movement: 0, action: 0, bonusAction: 0, reaction: 0, attacks: 0, freeHand: 0 };

/** Begins the battle with a group of the party's level and runs to the first creature that may act. */
export function startBattle(play: Play, { group: id, distance, surprised, camp = false }: StartInput): void {
  const { state } = play;
  const level = state.levels[state.party.level];
  const group = level?.groups[id];
  if (!level || !group) {
    throw new RangeError(`Cannot start a battle as the group must be on the party's level: got ${id}`);
  }
  const known = state.known[level.id];
  const foeCell = cellAhead(state, distance);
  const field = buildField({ level, known, cells: [state.party.at, foeCell], seed: state.seed });
  const foes = musterFoes(play, group);
  const characters = state.party.order.filter((one) => isPresent(state, one));
  const places = placeAll({
    field,
    cell: state.party.at,
    facing: state.party.facing,
    distance,
    party: characters.length,
    foes: foes.map((foe) => footprintOf(foe)),
    camp,
  });
  const fire = centreOf(field, state.party.at);
  const on: Record<CreatureId, Combatant> = {};
  characters.forEach((one, index) => {
    on[one] = combatant({
      at: places.party[index],
      size: 1,
      facing: state.party.facing,
      side: "party",
      surprised: surprised === "party",
    });
  });
  foes.forEach((foe, index) => {
    const at = places.foes[index];
    on[foe.id] = combatant({
      at,
      size: footprintOf(foe),
      facing: camp && at ? facingTowards(at, fire) : OPPOSITE[state.party.facing],
      side: "foe",
      surprised: surprised === "foes",
    });
  });
  play.emit({
    type: "CombatStarted",
    combat: play.id<BattleId>("b"),
    group: id,
    field,
    monsters: foes,
    on,
    banks: banksOf(state, characters),
    startedAt: play.at,
    ...(camp ? { camp: true as const } : {}),
  });
  rollInitiative(play);
  firstTurn(play);
}

function isPresent(state: WorldState, id: CreatureId): boolean {
  const life = state.characters[id]?.life;
  return life !== undefined && life !== "dead" && life !== "fled";
}

/** The cell the foes stand in: up to `distance` open cells ahead. */
function cellAhead(state: WorldState, distance: number): Point {
  const level = state.levels[state.party.level];
  const [dx, dy] = ahead(state.party.facing);
  let at = state.party.at;
  for (let step = 0; step < distance && level; step++) {
    const to: Point = [at[0] + dx, at[1] + dy];
    const edge = dx + dy > 0
      ? (dx > 0 ? `w${to[0]},${to[1]}` as const : `n${to[0]},${to[1]}` as const)
      : (dx < 0 ? `w${at[0]},${at[1]}` as const : `n${at[0]},${at[1]}` as const);
    const look = edgeLook(level, state.known[level.id], edge);
    if (look === "wall" || look === "doorShut") return at;
    at = to;
  }
  return at;
}

/** Monsters of a group with average hit points, those who fight from afar last. The first of a led group is its leader. */
function musterFoes(play: Play, group: Group): readonly Monster[] {
  const led = group.boss || group.pattern === "leader" || group.pattern === "boss";
  const kinds = new Map<string, number>();
  const total = new Map<string, number>();
  for (const { monster: kind, count } of group.monsters) total.set(kind, (total.get(kind) ?? 0) + count);
  const foes: Monster[] = [];
  for (const { monster: kind, count } of group.monsters) {
    const record = monster(kind);
    for (let i = 0; i < count; i++) {
      const number = (kinds.get(kind) ?? 0) + 1;
      kinds.set(kind, number);
      const name = (total.get(kind) ?? 1) > 1 ? `${record.name} ${number}` : record.name;
      foes.push(musterOne(play, record, { name, number, leader: led && foes.length === 0 }));
    }
  }
  const rank = (foe: Monster) => REAR.has(monster(foe.monster).personality) ? 1 : 0;
  return [...foes].sort((a, b) => rank(a) - rank(b));
}

function musterOne(
  play: Play,
  record: MonsterRecord,
  who: { readonly name: string; readonly number: number; readonly leader: boolean },
): Monster {
  return {
    type: "monster",
    id: play.id<CreatureId>("n"),
    monster: record.id,
    ...who,
    hp: record.hpAverage,
    maxHp: record.hpAverage,
    tempHp: 0,
    life: "up",
    effects: [],
    slots: [],
    used: {},
    concentration: null,
  };
}

function combatant(
  input: {
    readonly at: Point | undefined;
    readonly size: number;
    readonly facing: Facing;
    readonly side: "party" | "foe";
    readonly surprised: boolean;
  },
): Combatant {
  return {
    at: input.at ?? [0, 0],
    size: input.size,
    facing: input.facing,
    side: input.side,
    initiative: 0,
    budget: { ...NOTHING, reaction: input.surprised ? 0 : 1 },
    surprised: input.surprised,
    guarding: false,
    dodging: false,
    slipping: false,
    hidden: false,
    helped: null,
    sneakUsed: false,
    spellCast: "none",
    heldFacing: false,
    waiting: input.at === undefined,
  };
}

function banksOf(state: WorldState, characters: readonly CreatureId[]): Readonly<Record<SeatId, number>> {
  const banks: Record<SeatId, number> = {};
  for (const id of characters) {
    const seat = state.characters[id]?.seat;
    if (seat) banks[seat] = BANK[state.options.turnClock];
  }
  return banks;
}
