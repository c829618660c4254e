/** The view of an audience, built up from nothing: the only thing made of the state that may leave the server. */
import { monster as monsterRecord } from "../content/mod.ts";
import type { KnownLevel } from "../types/area.ts";
import type { Character } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Audience } from "../types/names.ts";
import type { Aftermath, Battle, Camp, Encounter, Party, Quest, Seat, TalkLine, WorldState } from "../types/state.ts";
import type { CombatView, PartyView, TalkView, View } from "../types/view.ts";
import { areaView } from "./area.ts";
import { characterView, combatantView, foeView, stacksView } from "./creatures.ts";
import { fieldView } from "./field.ts";
import { memo, memo2 } from "../core/memo.ts";

const DAY = 86_400;
const VISIBLE_LINES = 50;

/** Combatants that leave no trace for the party: not yet arrived, or hidden foes. */
export function isUnseen(battle: Battle, id: CreatureId): boolean {
  const one = battle.on[id];
  return one === undefined || one.waiting || (one.side === "foe" && one.hidden);
}

const seatsView = memo((seats: Readonly<Record<string, Seat>>): PartyView["seats"] =>
  Object.fromEntries(
    Object.values(seats).map((seat) => [seat.id, { id: seat.id, name: seat.name, roles: seat.roles, left: seat.left }]),
  )
);

const charactersView = memo((characters: Readonly<Record<string, Character>>): PartyView["characters"] =>
  Object.fromEntries(Object.values(characters).map((character) => [character.id, characterView(character)]))
);

/** Not remembered: it is small, and changes with most commands. */
function partyView(party: Party): PartyView["party"] {
  const { level, at, facing, searching, order, purse, light, tried } = party;
  return { level, at, facing, searching, order, purse, light, tried };
}

const questsView = memo((quests: Readonly<Record<string, Quest>>): PartyView["quests"] =>
  Object.fromEntries(
    Object.values(quests).map((quest) => [quest.id, {
      id: quest.id,
      title: quest.title,
      text: quest.text,
      giver: quest.giver,
      state: quest.state,
      steps: quest.steps.map(({ verb, text, done }) => ({ verb, text, done })),
      reward: quest.reward,
    }]),
  )
);

/** By party, battle and what is known: the field shows no room the party never saw. */
const combatView = memo((party: Party) =>
  memo2((battle: Battle, known: KnownLevel): CombatView => ({
    ...fightView(battle),
    field: fieldView(party, battle.field, known),
  }))
);

const NOTHING: KnownLevel = { cells: {}, found: {}, visited: {} };

const fightView = memo((battle: Battle): Omit<CombatView, "field"> => {
  const seen = battle.order.filter((id) => !isUnseen(battle, id));
  const foes = Object.values(battle.monsters).filter((foe) => !isUnseen(battle, foe.id));
  const { prompt } = battle;
  return {
    id: battle.id,
    round: battle.round,
    order: seen,
    turn: isUnseen(battle, battle.turn) ? null : battle.turn,
    endsAt: battle.endsAt,
    on: Object.fromEntries(
      Object.entries(battle.on).flatMap(([id, one]) =>
        isUnseen(battle, id as CreatureId) ? [] : [[id, combatantView(one)]]
      ),
    ),
    foes: Object.fromEntries(foes.map((foe) => [foe.id, foeView(foe)])),
    clouds: cloudsView(battle.clouds),
    prompt: prompt === null ? null : {
      type: prompt.type,
      creature: prompt.creature,
      about: prompt.type === "opportunity" ? prompt.mover : prompt.attacker,
      endsAt: prompt.endsAt,
    },
  };
});

const cloudsView = memo((clouds: Battle["clouds"]): CombatView["clouds"] =>
  Object.fromEntries(
    Object.values(clouds).map((
      { id, spell, squares, difficult, blocksSight },
    ) => [id, { spell, squares, difficult, blocksSight }]),
  )
);

const aftermathView = memo((aftermath: Aftermath): NonNullable<PartyView["aftermath"]> => ({
  xpEach: aftermath.xpEach,
  coins: aftermath.coins,
  items: stacksView(aftermath.items),
  claims: aftermath.claims,
  endsAt: aftermath.endsAt,
}));

const campView = memo((camp: Camp): NonNullable<PartyView["camp"]> => ({ rests: camp.rests, since: camp.since }));

function encounterView(state: WorldState, encounter: Encounter): NonNullable<PartyView["encounter"]> {
  const group = state.levels[encounter.level]?.groups[encounter.group];
  const foes = (group?.monsters ?? []).map(({ monster, count }) => {
    const record = monsterRecord(monster);
    return { monster, name: record.name, icon: record.icon, count };
  });
  const { distance, attitude, surprised, endsAt } = encounter;
  return { distance, attitude, surprised, endsAt, foes };
}

/** What the party sees of the world. */
export function viewParty(state: WorldState): PartyView {
  const level = state.levels[state.party.level];
  const known = state.known[state.party.level];
  const { battle } = state;
  return {
    world: worldView(state),
    clock: {
      day: Math.floor(state.clock / DAY) + 1,
      minute: Math.floor((state.clock % DAY) / 60),
      seconds: state.clock,
    },
    mode: state.mode,
    seats: seatsView(state.seats),
    party: partyView(state.party),
    stash: stacksView(state.party.stash),
    characters: charactersView(state.characters),
    area: level && known ? areaView(level, known, state.piles) : null,
    encounter: state.encounter ? encounterView(state, state.encounter) : null,
    combat: battle ? combatView(state.party)(battle, state.known[battle.field.level] ?? NOTHING) : null,
    aftermath: state.aftermath ? aftermathView(state.aftermath) : null,
    camp: state.camp ? campView(state.camp) : null,
    quests: questsView(state.quests),
  };
}

function worldView(state: WorldState): PartyView["world"] {
  const { id, name, seedHash, options, generator, ended, seed } = state;
  const common = { id, name, seedHash, options, generator };
  return ended === undefined ? common : { ...common, endedAt: ended.at, seed };
}

const talkView = memo((talk: readonly TalkLine[]): TalkView => ({
  lines: Object.fromEntries(
    talk.slice(-VISIBLE_LINES).map(({ n, seat, name, text, clock }) => [String(n), { seat, name, text, clock }]),
  ),
}));

/** What an audience may know of the state. The same state gives the same object parts, so differences are cheap to find. */
export function view(state: WorldState, audience: Audience): View {
  switch (audience) {
    case "party":
      return viewParty(state);
    case "party.talk":
      return talkView(state.talk);
  }
}
