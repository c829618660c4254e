/** What happened: past tense, stored for ever, never changed. Events carry every rolled number; folding needs nothing else. */
import type {
  AccountId,
  BattleId,
  CacheId,
  CellKey,
  CreatureId,
  EdgeKey,
  EffectId,
  GroupId,
  ItemId,
  LevelId,
  Point,
  QuestId,
  SeatId,
  WorldId,
} from "./ids.ts";
import type { Attitude, Condition, DamageType, Facing, QuickBy, Role, Slot } from "./names.ts";
import type { Level } from "./area.ts";
import type { Budget, Character, Combatant, Effect, ItemStack, Life, Monster, ReactionPolicy } from "./creature.ts";
import type { Cloud, Encounter, Field, Prompt, Quest, WorldOptions } from "./state.ts";

/** A roll as the log shows it: `dice` such as `1d20`, every die kept in `rolls` (dropped ones included, see `kept`). */
export interface Roll {
  readonly dice: string;
  readonly rolls: readonly number[];
  readonly bonus: number;
  readonly total: number;
  /** The d20 that counted under advantage or disadvantage. */
  readonly kept?: number;
  readonly mode?: "advantage" | "disadvantage";
}

export type WorldEvent =
  // world and seats
  | {
    readonly type: "WorldCreated";
    readonly world: WorldId;
    readonly name: string;
    readonly seed: string;
    readonly seedHash: string;
    readonly invite: string;
    readonly options: WorldOptions;
    readonly generator: number;
    readonly at: number;
  }
  | { readonly type: "LevelGenerated"; readonly level: Level }
  | { readonly type: "QuestOffered"; readonly quest: Quest }
  | { readonly type: "PartyPlaced"; readonly level: LevelId; readonly to: Point; readonly facing: Facing }
  | {
    readonly type: "SeatTaken";
    readonly seat: SeatId;
    readonly account: AccountId;
    readonly name: string;
    readonly roles: readonly Role[];
  }
  | { readonly type: "SeatLeft"; readonly seat: SeatId }
  /** Nothing happens in this world any more. The seed is no secret from here on: anybody may check the dice. */
  | {
    readonly type: "WorldEnded";
    readonly seat: SeatId;
    readonly at: number;
    readonly seed: string;
    readonly seedHash: string;
  }
  | { readonly type: "LeadPassed"; readonly seat: SeatId }
  | { readonly type: "CharacterJoined"; readonly character: Character }
  /** Went home to its owner's roster; `sheet` is what goes back. */
  | { readonly type: "CharacterLeft"; readonly character: CreatureId; readonly sheet: Character }
  | { readonly type: "CharacterUnseated"; readonly character: CreatureId }
  | { readonly type: "Said"; readonly seat: SeatId; readonly name: string; readonly text: string }
  // clock and exploration
  | { readonly type: "TimePassed"; readonly seconds: number }
  | { readonly type: "PartyMoved"; readonly to: Point }
  | { readonly type: "PartyTurned"; readonly facing: Facing }
  | { readonly type: "LevelEntered"; readonly level: LevelId; readonly to: Point; readonly facing: Facing }
  | { readonly type: "CellsSeen"; readonly level: LevelId; readonly cells: readonly CellKey[] }
  | { readonly type: "SearchSet"; readonly on: boolean }
  | { readonly type: "Searched"; readonly rolls: readonly { readonly character: CreatureId; readonly roll: Roll }[] }
  | { readonly type: "SecretFound"; readonly level: LevelId; readonly edge: EdgeKey; readonly by: CreatureId }
  | {
    readonly type: "DoorTried";
    readonly how: "bash" | "pick" | "unlock" | "knock";
    readonly edge: EdgeKey;
    readonly character: CreatureId;
    readonly roll?: Roll;
    readonly dc?: number;
    readonly ok: boolean;
  }
  | {
    readonly type: "DoorChanged";
    readonly level: LevelId;
    readonly edge: EdgeKey;
    readonly open: boolean;
    readonly pass: 0 | 1 | 2 | 3;
  }
  /** `spent`: the stack one unit of which burns (a torch, a flask of oil), in the pack of `by` or in the stash. */
  | {
    readonly type: "LightLit";
    readonly item: string;
    readonly until: number;
    readonly by: CreatureId;
    readonly spent?: ItemId;
  }
  | { readonly type: "LightWentOut" }
  | { readonly type: "TravelStopped"; readonly why: "arrived" | "door" | "foe" | "light" | "new" | "blocked" | "event" }
  | {
    readonly type: "CacheTaken";
    readonly level: LevelId;
    readonly cache: CacheId;
    readonly coins: number;
    readonly items: readonly ItemStack[];
  }
  // encounter
  | { readonly type: "EncounterMet"; readonly encounter: Encounter; readonly level: LevelId }
  | {
    readonly type: "WanderersCame";
    readonly level: LevelId;
    readonly group: import("./area.ts").Group;
    readonly roll: Roll;
  }
  | { readonly type: "EncounterChosen"; readonly choice: "combat" | "wait" | "flee" | "advance" | "expired" }
  | {
    readonly type: "EncounterChanged";
    readonly distance: 0 | 1 | 2;
    readonly waits: number;
    readonly attitude: Attitude;
    readonly endsAt: number;
  }
  | {
    readonly type: "SurpriseRolled";
    readonly surprised: "none" | "party" | "foes";
    readonly rolls: readonly { readonly creature: string; readonly roll: Roll }[];
  }
  | { readonly type: "EncounterEnded"; readonly why: "fled" | "left" | "fought" | "passed"; readonly group: GroupId }
  // battle: frame
  | {
    readonly type: "CombatStarted";
    readonly combat: BattleId;
    readonly group: GroupId;
    readonly field: Field;
    readonly monsters: readonly Monster[];
    readonly on: Readonly<Record<CreatureId, Combatant>>;
    readonly banks: Readonly<Record<SeatId, number>>;
    readonly startedAt: number;
    readonly camp?: true;
  }
  | {
    readonly type: "InitiativeRolled";
    readonly rolls: readonly { readonly creature: CreatureId; readonly roll: Roll }[];
    readonly order: readonly CreatureId[];
  }
  | { readonly type: "RoundStarted"; readonly round: number; readonly idle: number }
  | { readonly type: "ReinforcementsArrived"; readonly creature: CreatureId; readonly to: Point }
  | {
    readonly type: "TurnStarted";
    readonly creature: CreatureId;
    readonly budget: Budget;
    readonly endsAt: number | null;
  }
  | {
    readonly type: "TurnEnded";
    readonly creature: CreatureId;
    readonly bank?: { readonly seat: SeatId; readonly left: number };
    readonly missed?: number;
  }
  | { readonly type: "TurnDelayed"; readonly creature: CreatureId; readonly order: readonly CreatureId[] }
  | {
    readonly type: "CombatEnded";
    readonly combat: BattleId;
    readonly outcome: "won" | "escaped" | "lost" | "standoff";
    /** What remains of the group where it was not beaten, and its XP. */
    readonly left?: readonly { readonly monster: string; readonly count: number }[];
    readonly leftXp?: number;
  }
  // battle: acts
  | {
    readonly type: "CreatureMoved";
    readonly creature: CreatureId;
    readonly to: Point;
    readonly cost: number;
    readonly facing: Facing;
    readonly forced?: true;
  }
  | { readonly type: "CreatureFaced"; readonly creature: CreatureId; readonly facing: Facing; readonly held: boolean }
  | { readonly type: "CreatureLeftField"; readonly creature: CreatureId; readonly how: "exit" | "routed" }
  | { readonly type: "FieldDoorOpened"; readonly creature: CreatureId; readonly at: Point; readonly open: boolean }
  | { readonly type: "BudgetSpent"; readonly creature: CreatureId; readonly budget: Budget }
  | {
    readonly type: "MarkSet";
    readonly creature: CreatureId;
    readonly mark: "guarding" | "dodging" | "slipping" | "hidden";
    readonly on: boolean;
  }
  | {
    readonly type: "CombatantMarked";
    readonly creature: CreatureId;
    readonly sneakUsed?: boolean;
    readonly spellCast?: "none" | "bonus" | "action";
    readonly surprised?: boolean;
    readonly helped?: CreatureId | null;
  }
  | {
    readonly type: "AttackRolled";
    readonly by: CreatureId;
    readonly target: CreatureId;
    readonly with: string;
    readonly roll: Roll;
    readonly vs: number;
    readonly hit: boolean;
    readonly critical: boolean;
    readonly why: readonly string[];
    readonly reaction?: true;
    readonly ranged?: true;
  }
  | {
    readonly type: "DamageRolled";
    readonly by: CreatureId | null;
    readonly target: CreatureId;
    readonly parts: readonly { readonly roll: Roll; readonly kind: DamageType; readonly from: string }[];
    readonly total: number;
  }
  | {
    readonly type: "DamageTaken";
    readonly creature: CreatureId;
    readonly amount: number;
    readonly kind: DamageType;
    readonly hp: number;
    readonly tempHp: number;
    readonly why?: "resisted" | "immune" | "vulnerable";
  }
  | {
    readonly type: "Healed";
    readonly creature: CreatureId;
    readonly amount: number;
    readonly hp: number;
    readonly roll?: Roll;
    readonly by: string;
  }
  | { readonly type: "TempHpGained"; readonly creature: CreatureId; readonly tempHp: number }
  | {
    readonly type: "SaveRolled";
    readonly creature: CreatureId;
    readonly ability: string;
    readonly roll: Roll;
    readonly dc: number;
    readonly ok: boolean;
    readonly against: string;
  }
  | {
    readonly type: "CheckRolled";
    readonly creature: CreatureId;
    readonly check: string;
    readonly roll: Roll;
    readonly dc: number;
    readonly ok: boolean;
  }
  | {
    readonly type: "SpellCast";
    readonly by: CreatureId;
    readonly spell: string;
    readonly slot: number;
    readonly slots: readonly number[];
    readonly targets: readonly CreatureId[];
    readonly point?: Point;
  }
  | { readonly type: "SpellLost"; readonly by: CreatureId; readonly spell: string; readonly why: string }
  | { readonly type: "EffectBegan"; readonly creature: CreatureId; readonly effect: Effect }
  | {
    readonly type: "EffectEnded";
    readonly creature: CreatureId;
    readonly effect: EffectId;
    readonly why:
      | "time"
      | "save"
      | "dispelled"
      | "concentration"
      | "rest"
      | "damage"
      | "attack"
      | "replaced"
      | "death"
      | "stood";
  }
  | { readonly type: "ConcentrationBegan"; readonly creature: CreatureId; readonly effect: EffectId }
  | {
    readonly type: "ConcentrationEnded";
    readonly creature: CreatureId;
    readonly why: "broken" | "replaced" | "incapacitated" | "chosen" | "time";
  }
  | { readonly type: "CloudBegan"; readonly cloud: Cloud }
  | { readonly type: "CloudTouched"; readonly cloud: EffectId; readonly creature: CreatureId }
  | { readonly type: "CloudEnded"; readonly cloud: EffectId }
  | {
    readonly type: "FeatureUsed";
    readonly creature: CreatureId;
    readonly feature: string;
    readonly used: number;
    readonly target?: CreatureId;
    readonly roll?: Roll;
    /** Spell slots after it, where it spends or restores them. */
    readonly slots?: readonly number[];
  }
  | {
    readonly type: "ItemUsed";
    readonly creature: CreatureId;
    readonly item: ItemId;
    readonly record: string;
    readonly left: number;
    readonly charges?: number;
    readonly target?: CreatureId;
  }
  | { readonly type: "AmmunitionSpent"; readonly creature: CreatureId; readonly item: ItemId; readonly left: number }
  | {
    readonly type: "DeathSaveRolled";
    readonly creature: CreatureId;
    readonly roll: Roll;
    readonly successes: number;
    readonly failures: number;
  }
  | {
    readonly type: "LifeChanged";
    readonly creature: CreatureId;
    readonly life: Life;
    readonly hp: number;
    readonly why: "down" | "dead" | "stable" | "up" | "slain" | "raised" | "destroyed";
  }
  | { readonly type: "PromptOpened"; readonly prompt: Prompt }
  | {
    readonly type: "PromptAnswered";
    readonly creature: CreatureId;
    readonly take: boolean;
    readonly by: "player" | "policy" | "clock" | "ai";
    /** The turn clock after the wait: thinking about a reaction is not the mover's time. */
    readonly endsAt?: number;
  }
  | {
    readonly type: "PolicySet";
    readonly creature: CreatureId;
    readonly kind: "opportunity" | "shield";
    readonly policy: ReactionPolicy;
  }
  | {
    readonly type: "QuickSet";
    readonly creature: CreatureId;
    readonly on: boolean;
    readonly by: QuickBy;
    /** The turn's clock starts again when its owner takes the character back in its own turn. */
    readonly endsAt?: number;
  }
  | {
    readonly type: "ConditionNoted";
    readonly creature: CreatureId;
    readonly condition: Condition;
    readonly immune: true;
  }
  // defeat
  | {
    readonly type: "PartyOverrun";
    readonly by: string;
    readonly coins: number;
    readonly level: LevelId;
    readonly to: Point;
    readonly facing: Facing;
  }
  | {
    readonly type: "PartyRescued";
    readonly fee: number;
    readonly level: LevelId;
    readonly to: Point;
    readonly facing: Facing;
  }
  // things
  | { readonly type: "ItemEquipped"; readonly character: CreatureId; readonly item: ItemId; readonly slot: Slot }
  | { readonly type: "ItemUnequipped"; readonly character: CreatureId; readonly item: ItemId; readonly slot: Slot }
  | {
    readonly type: "ItemMoved";
    readonly item: ItemId;
    readonly count: number;
    readonly from: CreatureId | "stash" | "ground";
    readonly to: CreatureId | "stash" | "ground";
    /** The stack as it arrives. */
    readonly stack: ItemStack;
    readonly newId?: ItemId;
    /** A stack of the same kind over there that takes it in. */
    readonly into?: ItemId;
  }
  | { readonly type: "ItemsGained"; readonly to: CreatureId | "stash"; readonly items: readonly ItemStack[] }
  | {
    readonly type: "PurseChanged";
    readonly by: number;
    readonly purse: number;
    readonly why: "loot" | "reward" | "robbed" | "rescue" | "joined";
  }
  // aftermath
  | {
    readonly type: "BattleWon";
    readonly group: GroupId;
    readonly xpEach: number;
    readonly to: readonly CreatureId[];
    readonly coins: number;
    readonly items: readonly ItemStack[];
    readonly endsAt: number;
    readonly cache: CacheId | null;
  }
  | {
    readonly type: "GroupResolved";
    readonly level: LevelId;
    readonly group: GroupId;
    readonly how: "beaten" | "left" | "fled";
  }
  | { readonly type: "XpGained"; readonly character: CreatureId; readonly amount: number; readonly xp: number }
  | {
    readonly type: "LootClaimed";
    readonly character: CreatureId;
    readonly item: ItemId;
    readonly claim: "need" | "greed" | "pass";
  }
  | {
    readonly type: "LootGiven";
    readonly item: ItemId;
    readonly stack: ItemStack;
    readonly to: CreatureId | "stash";
    readonly rolls: readonly { readonly character: CreatureId; readonly roll: Roll }[];
  }
  | { readonly type: "AftermathEnded" }
  // camp and growth
  | { readonly type: "CampMade" }
  | { readonly type: "RestStarted"; readonly kind: "short" | "long" }
  | {
    readonly type: "RestInterrupted";
    readonly group: GroupId;
    readonly kind?: "short" | "long";
    /** Seconds of the rest that are done, earlier parts included. */
    readonly afterSeconds: number;
    readonly roll: Roll;
  }
  | {
    readonly type: "HitDiceSpent";
    readonly character: CreatureId;
    readonly roll: Roll;
    readonly hp: number;
    readonly left: number;
  }
  | {
    readonly type: "Rested";
    readonly kind: "short" | "long";
    readonly characters: readonly {
      readonly id: CreatureId;
      readonly hp: number;
      readonly slots: readonly number[];
      readonly used: Readonly<Record<string, number>>;
      readonly hitDice: number;
      readonly life: Life;
    }[];
  }
  | { readonly type: "SpellsPrepared"; readonly character: CreatureId; readonly spells: readonly string[] }
  | { readonly type: "OrderSet"; readonly order: readonly CreatureId[] }
  | { readonly type: "CampBroken" }
  | {
    readonly type: "LevelGained";
    readonly character: CreatureId;
    readonly sheet: Character;
    readonly roll?: Roll;
    readonly hp: number;
    readonly features: readonly string[];
  }
  // quests
  | { readonly type: "QuestStarted"; readonly quest: QuestId }
  | { readonly type: "QuestStepDone"; readonly quest: QuestId; readonly step: number }
  | { readonly type: "QuestPaid"; readonly quest: QuestId; readonly coins: number; readonly xp: number }
  | { readonly type: "QuestFailed"; readonly quest: QuestId; readonly why: string };

export type EventOf<T extends WorldEvent["type"]> = Extract<WorldEvent, { readonly type: T }>;
