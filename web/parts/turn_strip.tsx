import { useEffect, useState } from "preact/hooks";
import type { Budget } from "../../engine/types/creature.ts";
import type { CombatView, PartyView } from "../../engine/types/view.ts";
import { fightersOf, letters } from "../state/tokens.ts";
import { t } from "../text/text.ts";
import { useGame } from "./context.ts";
import { Portrait } from "./ui.tsx";

/** The order of the battle, whose turn is awaited and since when, and what is left of one's own turn. */
export function TurnStrip(props: { readonly view: PartyView; readonly combat: CombatView }) {
  const game = useGame();
  const { view, combat } = props;
  const fighters = new Map(fightersOf(view, combat).map((one) => [one.id, one]));
  const names = letters(combat, view.party.order);
  const active = game.active.value;
  const budget = active !== undefined && combat.turn === active.id ? combat.on[active.id]?.budget : undefined;
  const awaited = combat.prompt?.creature ?? combat.turn;
  const owner = view.seats[view.characters[awaited ?? ""]?.seat ?? ""]?.name;
  return (
    <section class="turns" aria-label={t("turn-order")}>
      <p class="awaited">
        <strong>{t("round", { round: combat.round })}</strong> {awaited === active?.id
          ? t("awaited-you", { who: game.nameOf(awaited) })
          : owner === undefined
          ? t("awaited-foe", { who: awaited === null ? t("somebody") : game.nameOf(awaited) })
          : t("awaited-player", { who: game.nameOf(awaited), owner })}
        <Clock endsAt={combat.endsAt} />
      </p>
      <ol class="order">
        {combat.order.map((id) => {
          const one = fighters.get(id);
          if (one === undefined) return null;
          return (
            <li
              key={id}
              class={`${one.side} ${id === combat.turn ? "now" : ""} ${one.down ? "down" : ""}`}
              aria-current={id === combat.turn ? "step" : undefined}
              title={`${one.name}: ${one.state}`}
            >
              <Portrait icon={one.icon} colours={one.colours} />
              <span class="letter">{names.get(id)}</span>
              <span class="unseen">{one.name}, {one.state}</span>
            </li>
          );
        })}
      </ol>
      {budget === undefined ? null : <Points budget={budget} />}
    </section>
  );
}

/** Action points: a track of feet, a pip each for action, bonus action and reaction. */
function Points(props: { readonly budget: Budget }) {
  const { budget } = props;
  const pips = [
    ["action", budget.action + budget.attacks],
    ["bonus", budget.bonusAction],
    ["reaction", budget.reaction],
  ] as const;
  return (
    <div class="points-bar" role="group" aria-label={t("points")}>
      <span class="feet">
        <span class="feet-fill" style={{ width: `${Math.min(100, Math.round(budget.movement / 30 * 100))}%` }} />
        <span class="feet-text">{t("feet-left", { feet: budget.movement })}</span>
      </span>
      {pips.map(([name, left]) => (
        <span key={name} class={`pip ${left > 0 ? "full" : "spent"}`}>
          <span class="pip-mark" aria-hidden="true">{left > 0 ? "◆" : "◇"}</span>
          {t(`pip-${name}`)}
          <span class="unseen">{left > 0 ? t("pip-left") : t("pip-spent")}</span>
        </span>
      ))}
    </div>
  );
}

/** Seconds until the AI takes the turn. */
export function Clock(props: { readonly endsAt: number | null }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (props.endsAt === null) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [props.endsAt]);
  if (props.endsAt === null) return null;
  const left = Math.max(0, Math.ceil((props.endsAt - now) / 1_000));
  return <span class={`clock ${left <= 10 ? "short" : ""}`}>{t("seconds-left", { seconds: left })}</span>;
}
