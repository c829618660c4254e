import type { CharacterView, PartyView } from "../../engine/types/view.ts";
import { className } from "../content.ts";
import { t } from "../text/text.ts";
import { useGame } from "./context.ts";
import { HpBar, Portrait } from "./ui.tsx";

/** The company in marching order: portrait, hit points, conditions; pressing one makes it the active character. */
export function PartyStrip(props: { readonly view: PartyView }) {
  const game = useGame();
  const { view } = props;
  const known = view.party.order.flatMap((id) => view.characters[id] ?? []);
  const rest = Object.values(view.characters).filter((one) => !view.party.order.includes(one.id));
  return (
    <section class="strip" aria-label={t("party")}>
      {[...known, ...rest].map((one, i) => (
        <Member
          key={one.id}
          one={one}
          number={i + 1}
          owner={view.seats[one.seat ?? ""]?.name ?? t("nobody")}
          own={one.seat === game.seat.value}
          active={game.active.value?.id === one.id}
          turn={view.combat?.turn === one.id}
          onPick={() => {
            game.choose(one.id);
            if (game.active.value?.id === one.id && one.seat !== game.seat.value) game.panel.value = "sheet";
          }}
        />
      ))}
    </section>
  );
}

function Member(
  props: {
    readonly one: CharacterView;
    readonly number: number;
    readonly owner: string;
    readonly own: boolean;
    readonly active: boolean;
    readonly turn: boolean;
    readonly onPick: () => void;
  },
) {
  const { one } = props;
  const conditions = [
    ...(one.life === "up" ? [] : [t(`life-${one.life}`)]),
    ...Object.values(one.effects).map((effect) => effect.name),
    ...(one.concentration === null ? [] : [t("mark-concentrating")]),
    ...(one.quick ? [quickText(one)] : []),
  ];
  const saves = one.life === "dying"
    ? t("death-saves", { successes: one.deathSaves.successes, failures: one.deathSaves.failures })
    : "";
  const state = [...conditions, saves].filter((part) => part !== "").join(", ");
  return (
    <button
      type="button"
      class={`member ${props.own ? "own" : ""} ${props.active ? "active" : ""} ${
        props.turn ? "turn" : ""
      } life-${one.life}`}
      aria-pressed={props.active}
      onClick={props.onPick}
    >
      <Portrait icon={one.icon} colours={one.colours} />
      <span class="member-text">
        <span class="member-name">
          <kbd aria-hidden="true">{props.number}</kbd>
          {one.name}
        </span>
        <span class="member-class">
          {className(one.class)} {one.level} · AC {one.ac}
          {props.own ? "" : ` · ${props.owner}`}
        </span>
        <HpBar hp={one.hp} maxHp={one.maxHp} tempHp={one.tempHp} />
        {state === "" ? null : <span class="conditions">{state}</span>}
        <span class="unseen">{t("played-by", { owner: props.own ? t("you") : props.owner })}</span>
        {one.canLevel ? <span class="level-mark">{t("can-level")}</span> : null}
      </span>
    </button>
  );
}

/** Whoever was put on Quick by the server comes back with any key: that should be seen. */
function quickText({ quickBy }: CharacterView): string {
  if (quickBy === "clock") return t("mark-quick-clock");
  return t(quickBy === "absence" ? "mark-quick-absence" : "mark-quick");
}
