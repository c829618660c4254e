/** What was asked: not yet true. The host stamps `by`, `at`; intents are what a caller may ask for. */
import type { AccountId, CreatureId, ItemId, LevelId, Point, QuestId, SeatId, WorldId } from "./ids.ts";
import type { Slot } from "./names.ts";
import type { Character, ReactionPolicy } from "./creature.ts";
import type { WorldOptions } from "./state.ts";

/** What a seated player asks for. `type` is imperative; every member is validated for shape by routes and for sense by `decide`. */
export type PlayerIntent =
  // seat
  | { readonly type: "LeaveGame" }
  /** Ends the world for good; `name` is the world's own, typed again, so that nobody does it by accident. */
  | { readonly type: "EndWorld"; readonly name: string }
  | { readonly type: "GiveLead"; readonly seat: SeatId }
  | { readonly type: "Say"; readonly text: string }
  // explore
  | { readonly type: "Step" }
  | { readonly type: "Turn"; readonly to: "left" | "right" | "about" }
  | { readonly type: "Interact"; readonly how: InteractHow; readonly character?: CreatureId }
  | { readonly type: "Search"; readonly mode: "on" | "off" | "look" }
  | {
    readonly type: "Travel";
    readonly to:
      | { readonly level: LevelId; readonly at: Point }
      | TravelTarget;
  }
  | { readonly type: "Light"; readonly character: CreatureId; readonly item: ItemId | null }
  // encounter
  | { readonly type: "ChooseEncounter"; readonly choice: "combat" | "wait" | "flee" | "advance" }
  | { readonly type: "StartCombat" }
  // battle
  | { readonly type: "MoveInBattle"; readonly character: CreatureId; readonly path: readonly Point[] }
  | {
    readonly type: "Attack";
    readonly character: CreatureId;
    readonly target: CreatureId;
    readonly weapon?: ItemId;
    readonly hand?: "main" | "off";
  }
  | {
    readonly type: "CastSpell";
    readonly character: CreatureId;
    readonly spell: string;
    readonly slot: number;
    readonly targets?: readonly CreatureId[];
    readonly point?: Point;
  }
  | { readonly type: "UseItem"; readonly character: CreatureId; readonly item: ItemId; readonly target?: CreatureId }
  | {
    readonly type: "UseFeature";
    readonly character: CreatureId;
    readonly feature: string;
    readonly target?: CreatureId;
    readonly amount?: number;
    readonly choice?: string;
  }
  | { readonly type: "Guard"; readonly character: CreatureId }
  | { readonly type: "Delay"; readonly character: CreatureId; readonly after: CreatureId }
  | { readonly type: "Dash"; readonly character: CreatureId }
  | { readonly type: "Dodge"; readonly character: CreatureId }
  | { readonly type: "Slip"; readonly character: CreatureId }
  | { readonly type: "Help"; readonly character: CreatureId; readonly ally: CreatureId }
  | { readonly type: "Bandage"; readonly character: CreatureId; readonly ally: CreatureId }
  | { readonly type: "OpenDoor"; readonly character: CreatureId; readonly square: Point }
  | { readonly type: "StandUp"; readonly character: CreatureId }
  | { readonly type: "React"; readonly character: CreatureId; readonly take: boolean }
  | {
    readonly type: "SetPolicy";
    readonly character: CreatureId;
    readonly kind: "opportunity" | "shield";
    readonly policy: ReactionPolicy;
  }
  | { readonly type: "Quick"; readonly character: CreatureId; readonly on: boolean }
  | { readonly type: "EndTurn"; readonly character: CreatureId }
  // things
  | { readonly type: "EquipItem"; readonly character: CreatureId; readonly item: ItemId; readonly slot: Slot }
  | { readonly type: "UnequipItem"; readonly character: CreatureId; readonly slot: Slot; readonly item?: ItemId }
  | {
    readonly type: "GiveItem";
    readonly character: CreatureId;
    readonly item: ItemId;
    readonly count: number;
    readonly to: CreatureId | "stash" | "ground";
  }
  | {
    readonly type: "TakeItem";
    readonly character: CreatureId;
    readonly item: ItemId;
    readonly count: number;
    readonly from: "stash" | "ground";
  }
  // aftermath
  | {
    readonly type: "ClaimLoot";
    readonly character: CreatureId;
    readonly item: ItemId;
    readonly claim: "need" | "greed" | "pass";
  }
  | { readonly type: "AssignLoot"; readonly item: ItemId; readonly to: CreatureId | "stash" }
  | { readonly type: "FinishLoot" }
  // camp
  | { readonly type: "MakeCamp" }
  | { readonly type: "Rest"; readonly kind: "short" | "long" }
  | { readonly type: "SpendHitDice"; readonly character: CreatureId; readonly count: number }
  | { readonly type: "PrepareSpells"; readonly character: CreatureId; readonly spells: readonly string[] }
  | { readonly type: "SetOrder"; readonly order: readonly CreatureId[] }
  | { readonly type: "BreakCamp" }
  | {
    readonly type: "LevelUp";
    readonly character: CreatureId;
    readonly hp: "average" | "roll";
    readonly choices?: Readonly<Record<string, string>>;
    readonly spells?: readonly string[];
  }
  // quests
  | { readonly type: "StartQuest"; readonly quest: QuestId }
  | { readonly type: "CompleteQuest"; readonly quest: QuestId };

/** Places Travel finds by itself: unexplored ways, treasure seen, locked doors, and landmarks. */
export const TRAVEL_TARGETS = [
  "frontier",
  "treasure",
  "lockedDoor",
  "stairsDown",
  "stairsUp",
  "board",
  "exit",
] as const;
export type TravelTarget = typeof TRAVEL_TARGETS[number];

/** What to do at the edge ahead, or on the cell under foot. */
export const INTERACT_HOW = ["open", "close", "unlock", "bash", "pick", "knock", "stairs", "take", "temple"] as const;
export type InteractHow = typeof INTERACT_HOW[number];

/** What only the host itself submits: membership, timers, the AI. Logged and numbered like any other command. */
export type SystemIntent =
  | {
    readonly type: "CreateWorld";
    readonly world: WorldId;
    readonly name: string;
    readonly seed: string;
    readonly seedHash: string;
    readonly invite: string;
    readonly options: WorldOptions;
  }
  /** Seats an account, or brings more of its characters in. Characters come from the roster record, never from the wire. */
  | {
    readonly type: "JoinGame";
    readonly account: AccountId;
    readonly name: string;
    readonly seat: SeatId;
    readonly characters: readonly Character[];
  }
  /** One whole turn (or answer to a prompt) of the acting creature by the AI; names the turn it means, so a late one is refused. */
  | { readonly type: "AiTurn"; readonly creature: CreatureId; readonly round: number }
  /** The turn clock ran out: the AI plays this one turn. */
  | { readonly type: "TurnExpired"; readonly creature: CreatureId; readonly round: number }
  | { readonly type: "PromptExpired"; readonly creature: CreatureId }
  | { readonly type: "EncounterExpired" }
  | { readonly type: "LootExpired" }
  /** Leader away for a minute while something waits. */
  | { readonly type: "PassLead"; readonly seat: SeatId };

export type Intent = PlayerIntent | SystemIntent;

/** Who asked: a seat of this world, or the server itself. */
export type By = { readonly type: "seat"; readonly seat: SeatId } | { readonly type: "system" };

/** A stamped command. `at` in ms, never falling within a world. */
export type Command<I extends Intent = Intent> = { readonly by: By; readonly at: number; readonly intent: I };
