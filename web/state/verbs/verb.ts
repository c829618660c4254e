import type { PlayerIntent } from "../../../engine/types/command.ts";
import { hasText, t, wordsOf } from "../../text/text.ts";
import type { Game, Option } from "../game.ts";

/** One button of the verb bar: exactly one key, a reason when it is greyed. */
export interface Verb {
  readonly id: string;
  readonly label: string;
  /** As `KeyboardEvent.key` says it, lower case. */
  readonly key: string;
  readonly icon: string;
  readonly enabled: boolean;
  readonly why?: string;
  readonly pressed?: boolean;
  run(): void;
}

export type OptionOf<T extends PlayerIntent["type"]> = Option & {
  readonly intent: Extract<PlayerIntent, { readonly type: T }>;
};

/** The legal things of one kind, as the server listed them. */
export function optionsOf<T extends PlayerIntent["type"]>(game: Game, type: T): readonly OptionOf<T>[] {
  return game.options.value.filter((option): option is OptionOf<T> => option.intent.type === type);
}

/** A verb that does the first legal thing that fits, or is greyed with its reason. */
export function simple(
  game: Game,
  verb: {
    readonly id: string;
    readonly key: string;
    readonly icon: string;
    readonly why?: string;
    readonly pressed?: boolean;
  },
  intent: PlayerIntent | undefined,
): Verb {
  const { why, ...rest } = verb;
  return {
    ...rest,
    label: t(`verb-${verb.id}`),
    enabled: intent !== undefined,
    ...(intent === undefined ? { why: why ?? t(`why-${verb.id}`) } : {}),
    run: () => {
      if (intent !== undefined) game.act(intent);
    },
  };
}

/** Words for odds before commit: "65 %, 4-9, about 6.5". */
export function oddsText(option: Option): string {
  const odds = option.forecast;
  if (odds === undefined) return "";
  const parts: string[] = [];
  if (odds.hit !== undefined) parts.push(t("odds-hit", { percent: odds.hit }));
  if (odds.fails !== undefined) parts.push(t("odds-fails", { percent: odds.fails }));
  if (odds.amount !== undefined) {
    const [least, tenths, most] = odds.amount;
    parts.push(t("odds-amount", { least, most, mean: String(tenths / 10) }));
  }
  if (odds.critical !== undefined && odds.critical > 5) parts.push(t("odds-critical", { percent: odds.critical }));
  if ((odds.inside?.length ?? 0) > 0) parts.push(t("odds-inside", { count: odds.inside?.length ?? 0 }));
  return [parts.join(", "), ...(odds.reasons ?? []).map(reasonText)].filter((part) => part !== "").join("; ");
}

/** Why the odds are what they are: `+rear` speaks for the attacker, `-long` against, cover is cover. */
export function reasonText(reason: string): string {
  const id = `reason-${reason.replace(/^[+-]/, "")}`;
  const words = hasText(id) ? t(id) : wordsOf(reason.replace(/^[+-]/, "")).toLowerCase();
  return reason.startsWith("+")
    ? t("reason-for", { words })
    : reason.startsWith("-")
    ? t("reason-against", { words })
    : words;
}
