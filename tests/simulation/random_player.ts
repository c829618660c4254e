/** A seeded player that knows no rule: it takes one of the legal things, some kinds more often than others, until its dungeon is done. */
import { type Dice, legalForSeat, rngAt } from "../../engine/mod.ts";
import type { PlayerIntent } from "../../engine/types/command.ts";
import type { WorldState } from "../../engine/types/state.ts";
import { createEngineWorld, type EngineWorld, type EngineWorldInput, SEAT } from "../kit/engine_world.ts";

/** Weight of an intent kind; 1 when not named. Nothing legal has weight 0: everything is visited. */
const WEIGHTS: Readonly<Partial<Record<PlayerIntent["type"], number>>> = {
  Travel: 160,
  Interact: 100,
  Step: 10,
  CompleteQuest: 200,
  StartQuest: 60,
  LevelUp: 200,
  ChooseEncounter: 30,
  Attack: 30,
  CastSpell: 4,
  EndTurn: 8,
  Quick: 60,
  FinishLoot: 20,
  BreakCamp: 60,
  Rest: 20,
  SpendHitDice: 10,
  EquipItem: 2,
};

/** Kinds so numerous or so final that one draw decides whether they are looked at, not their number. */
const LEAVING: ReadonlySet<PlayerIntent["type"]> = new Set(["LeaveGame", "GiveLead"]);

export interface Finished {
  readonly world: EngineWorld;
  readonly done: boolean;
  readonly commands: number;
}

/** The goal of the last level was reached: its cell was visited. */
export function isDone(state: WorldState): boolean {
  const levels = Object.values(state.levels).sort((a, b) => a.depth - b.depth);
  const last = levels.at(-1);
  if (!last) return false;
  return state.known[last.id]?.visited[`${last.goal[0]},${last.goal[1]}`] === 1;
}

export interface RandomPlayOptions extends EngineWorldInput {
  readonly limit: number;
  /** Called after every accepted command. */
  readonly watch: (world: EngineWorld) => void;
}

export function playRandomly(options: RandomPlayOptions): Finished {
  const world = createEngineWorld(options);
  const dice = rngAt(options.seed, "random-player").dice();
  let commands = 0;
  while (commands < options.limit && !isDone(world.state)) {
    commands += 1;
    if (world.serve(false)) {
      options.watch(world);
      continue;
    }
    const legal = legalForSeat(world.state, SEAT).filter(({ type }) => !LEAVING.has(type));
    if (legal.length === 0) {
      if (!world.serve(true)) throw new Error(`Stuck in ${world.state.mode}: nothing legal and nothing waits`);
    } else {
      const intent = choose(world.state, legal, dice);
      const refused = world.ask(intent);
      if (refused) throw new Error(`Legal but refused: ${JSON.stringify({ intent, refused })}`);
    }
    options.watch(world);
  }
  return { world, done: isDone(world.state), commands };
}

/** Draws a kind by weight, then one of that kind: a hundred squares to move to do not drown one attack. */
function choose(state: WorldState, legal: readonly PlayerIntent[], dice: Dice): PlayerIntent {
  const kinds = new Map<PlayerIntent["type"], PlayerIntent[]>();
  for (const intent of legal) {
    const list = kinds.get(intent.type);
    if (list) list.push(intent);
    else kinds.set(intent.type, [intent]);
  }
  const tired = Object.values(state.characters).some((one) => one.hp * 2 < one.maxHp);
  const weightOf = (type: PlayerIntent["type"]) => (type === "MakeCamp" ? (tired ? 60 : 1) : WEIGHTS[type] ?? 1);
  const kind = dice.weighted([...kinds.keys()].map((type) => [type, weightOf(type)] as const));
  return dice.weighted((kinds.get(kind) ?? legal).map((intent) => [intent, likingOf(intent)] as const));
}

/** Within a kind: new ground rather than old, hands on doors rather than up and down the stairs. */
function likingOf(intent: PlayerIntent): number {
  if (intent.type === "Travel") {
    if (intent.to === "frontier") return 60;
    return intent.to === "treasure" || intent.to === "lockedDoor" || intent.to === "stairsDown" ? 10 : 1;
  }
  if (intent.type === "Interact") return intent.how === "stairs" ? 1 : 12;
  return 1;
}
