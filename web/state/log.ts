import { itemName, spellName } from "../content.ts";
import { type JsonObject, listOf, numberOf, objectOf, textOf } from "../net/json.ts";
import { hasText, t, wordsOf } from "../text/text.ts";
import { coins } from "../text/coins.ts";

export type LineKind = "good" | "bad" | "dice" | "plain" | "talk" | "big";

/** One line of the text log; `dice` is the arithmetic behind it. */
export interface LogLine {
  readonly key: string;
  readonly kind: LineKind;
  readonly text: string;
  readonly dice?: string;
}

/** Names the log knows; foes that left the view keep theirs. */
export interface Names {
  of(id: unknown): string;
  /** Name of what an attack was made with: an item's id with its way of use, an attack of a foe, a spell. */
  weapon(id: unknown): string;
  /** Whether the party would cheer for this creature. */
  ours(id: unknown): boolean;
}

type Told = { readonly kind: LineKind; readonly text: string; readonly dice?: string };
type Teller = (event: JsonObject, names: Names) => Told | undefined;

/** What an event tells a player, or undefined when it shows on the screen anyway. */
export function tell(event: JsonObject, names: Names): Told | undefined {
  const type = textOf(event["type"]);
  return Object.hasOwn(TELLERS, type) ? TELLERS[type]?.(event, names) : undefined;
}

/** "d20 14 + 5 = 19", every die shown, the dropped one in brackets. */
export function rollText(value: unknown): string {
  const roll = objectOf(value);
  const rolls = listOf(roll["rolls"]).map((one) => numberOf(one));
  const bonus = numberOf(roll["bonus"]);
  const kept = roll["kept"];
  const dice = typeof kept === "number" && rolls.length > 1
    ? `${kept} (${rolls.join(", ")})`
    : rolls.length > 0
    ? rolls.join(" + ")
    : "0";
  const sign = bonus === 0 ? "" : bonus > 0 ? ` + ${bonus}` : ` - ${-bonus}`;
  const name = textOf(roll["dice"], "d20").replace(/^1d/, "d").replace(/^2d20$/, "d20");
  const mode = textOf(roll["mode"]);
  return `${name} ${dice}${sign} = ${numberOf(roll["total"])}${mode === "" ? "" : ` ${t(`roll-${mode}`)}`}`;
}

const TELLERS: Readonly<Record<string, Teller>> = {
  WorldEnded: () => line("big", "log-world-ended"),
  LevelEntered: () => line("big", "log-level-entered"),
  Searched: () => line("plain", "log-searched"),
  SecretFound: (e, n) => line("good", "log-secret", { who: n.of(e["by"]) }),
  DoorTried: (e, n) => ({
    ...line(e["ok"] === true ? "good" : "bad", `log-door-${textOf(e["how"])}-${e["ok"] === true ? "ok" : "no"}`, {
      who: n.of(e["character"]),
    }),
    ...(e["roll"] === undefined
      ? {}
      : { dice: `${rollText(e["roll"])} ${t("log-against-dc", { dc: numberOf(e["dc"]) })}` }),
  }),
  DoorChanged: (e) => line("plain", e["open"] === true ? "log-door-opened" : "log-door-shut"),
  LightLit: (e, n) => line("plain", "log-light", { who: n.of(e["by"]), item: itemName(textOf(e["item"])) }),
  LightWentOut: () => line("bad", "log-light-out"),
  TravelStopped: (e) =>
    hasText(`log-travel-${textOf(e["why"])}`) ? line("plain", `log-travel-${textOf(e["why"])}`) : undefined,
  CacheTaken: (e) =>
    line("good", "log-cache", { coins: coins(numberOf(e["coins"])), count: listOf(e["items"]).length }),
  EncounterMet: () => line("big", "log-encounter"),
  WanderersCame: () => line("bad", "log-wanderers"),
  EncounterChosen: (e) => line("plain", `log-chosen-${textOf(e["choice"])}`),
  SurpriseRolled: (e) => e["surprised"] === "none" ? undefined : line("big", `log-surprised-${textOf(e["surprised"])}`),
  EncounterEnded: (e) => e["why"] === "fought" ? undefined : line("plain", `log-encounter-${textOf(e["why"])}`),
  CombatStarted: () => line("big", "log-combat"),
  RoundStarted: (e) => line("plain", "log-round", { round: numberOf(e["round"]) }),
  CombatEnded: (e) => line("big", `log-combat-${textOf(e["outcome"])}`),
  CreatureLeftField: (e, n) => line("plain", "log-left-field", { who: n.of(e["creature"]) }),
  ReinforcementsArrived: (e, n) => line("bad", "log-reinforcements", { who: n.of(e["creature"]) }),
  AttackRolled: (e, n) => ({
    ...line(
      e["hit"] === true === n.ours(e["by"]) ? "good" : "bad",
      e["critical"] === true ? "log-attack-critical" : e["hit"] === true ? "log-attack-hit" : "log-attack-miss",
      { who: n.of(e["by"]), whom: n.of(e["target"]), with: n.weapon(e["with"]) },
    ),
    dice: `${rollText(e["roll"])} ${t("log-against-ac", { ac: numberOf(e["vs"]) })}`,
  }),
  DamageRolled: (e, n) => ({
    ...line(n.ours(e["target"]) ? "bad" : "good", "log-damage", {
      whom: n.of(e["target"]),
      total: numberOf(e["total"]),
    }),
    dice: listOf(e["parts"]).map(objectOf).map((part) => `${rollText(part["roll"])} ${textOf(part["kind"])}`).join(
      ", ",
    ),
  }),
  Healed: (e, n) => ({
    ...line(n.ours(e["creature"]) ? "good" : "bad", "log-healed", {
      who: n.of(e["creature"]),
      amount: numberOf(e["amount"]),
    }),
    ...(e["roll"] === undefined ? {} : { dice: rollText(e["roll"]) }),
  }),
  SaveRolled: (e, n) => ({
    ...line(
      e["ok"] === true === n.ours(e["creature"]) ? "good" : "bad",
      e["ok"] === true ? "log-save-ok" : "log-save-no",
      {
        who: n.of(e["creature"]),
        ability: t(`ability-${textOf(e["ability"])}`),
        against: spellName(textOf(e["against"])),
      },
    ),
    dice: `${rollText(e["roll"])} ${t("log-against-dc", { dc: numberOf(e["dc"]) })}`,
  }),
  CheckRolled: (e, n) => ({
    ...line("plain", e["ok"] === true ? "log-check-ok" : "log-check-no", {
      who: n.of(e["creature"]),
      check: wordsOf(textOf(e["check"])),
    }),
    dice: `${rollText(e["roll"])} ${t("log-against-dc", { dc: numberOf(e["dc"]) })}`,
  }),
  SpellCast: (e, n) => line("plain", "log-cast", { who: n.of(e["by"]), spell: spellName(textOf(e["spell"])) }),
  SpellLost: (e, n) => line("bad", "log-spell-lost", { who: n.of(e["by"]), spell: spellName(textOf(e["spell"])) }),
  EffectBegan: (e, n) =>
    line("plain", "log-effect", {
      who: n.of(e["creature"]),
      effect: textOf(objectOf(e["effect"])["name"]).toLowerCase(),
    }),
  ConcentrationEnded: (e, n) =>
    e["why"] === "broken" ? line("bad", "log-concentration", { who: n.of(e["creature"]) }) : undefined,
  FeatureUsed: (e, n) =>
    line("plain", "log-feature", { who: n.of(e["creature"]), feature: wordsOf(textOf(e["feature"])).toLowerCase() }),
  ItemUsed: (e, n) =>
    line("plain", "log-item-used", { who: n.of(e["creature"]), item: itemName(textOf(e["record"])).toLowerCase() }),
  DeathSaveRolled: (e, n) => ({
    ...line("bad", "log-death-save", {
      who: n.of(e["creature"]),
      successes: numberOf(e["successes"]),
      failures: numberOf(e["failures"]),
    }),
    dice: rollText(e["roll"]),
  }),
  LifeChanged: (e, n) =>
    hasText(`log-life-${textOf(e["why"])}`)
      ? line(
        (e["why"] === "up" || e["why"] === "stable" || e["why"] === "raised") === n.ours(e["creature"])
          ? "good"
          : "bad",
        `log-life-${textOf(e["why"])}`,
        { who: n.of(e["creature"]) },
      )
      : undefined,
  PartyOverrun: () => line("big", "log-overrun"),
  PartyRescued: (e) => line("big", "log-rescued", { fee: coins(numberOf(e["fee"])) }),
  ItemEquipped: (e, n) => line("plain", "log-equipped", { who: n.of(e["character"]) }),
  PurseChanged: (e) =>
    numberOf(e["by"]) > 0
      ? line("good", "log-purse", { coins: coins(numberOf(e["by"])) })
      : line("bad", "log-purse-less", { coins: coins(Math.abs(numberOf(e["by"]))) }),
  BattleWon: (e) => line("big", "log-won", { xp: numberOf(e["xpEach"]), coins: coins(numberOf(e["coins"])) }),
  LootGiven: (e, n) =>
    line("good", "log-loot", {
      who: n.of(e["to"]),
      item: itemName(textOf(objectOf(e["stack"])["item"])).toLowerCase(),
    }),
  CampMade: () => line("plain", "log-camp"),
  CampBroken: () => line("plain", "log-camp-broken"),
  RestInterrupted: () => line("bad", "log-rest-interrupted"),
  HitDiceSpent: (e, n) => ({
    ...line("good", "log-hit-dice", { who: n.of(e["character"]) }),
    dice: rollText(e["roll"]),
  }),
  Rested: (e) => line("good", `log-rested-${textOf(e["kind"])}`),
  LevelGained: (e, n) => line("big", "log-level", { who: n.of(e["character"]) }),
  QuestStarted: () => line("big", "log-quest-started"),
  QuestStepDone: () => line("good", "log-quest-step"),
  QuestPaid: (e) => line("big", "log-quest-paid", { coins: coins(numberOf(e["coins"])), xp: numberOf(e["xp"]) }),
  QuestFailed: () => line("bad", "log-quest-failed"),
  CharacterJoined: (e) => line("plain", "log-joined", { who: textOf(objectOf(e["character"])["name"]) }),
  SeatTaken: (e) => line("plain", "log-seat", { who: textOf(e["name"]) }),
};

function line(kind: LineKind, id: string, values: Readonly<Record<string, string | number>> = {}): Told {
  return { kind, text: t(id, values) };
}
