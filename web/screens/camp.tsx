import { useState } from "preact/hooks";
import type { CharacterView, PartyView } from "../../engine/types/view.ts";
import { className, spellName, spellRecord } from "../content.ts";
import { useGame } from "../parts/context.ts";
import { Button, HpBar, Icon, Portrait } from "../parts/ui.tsx";
import { optionsOf } from "../state/verbs/mod.ts";
import { t } from "../text/text.ts";
import { LevelUpForm } from "./level_up.tsx";

/** Around the fire: rest, hit dice, prayers and books, order of march, new levels. */
export function CampView(props: { readonly view: PartyView }) {
  const game = useGame();
  const { view } = props;
  return (
    <div class="camp">
      <div class="camp-fire" aria-hidden="true">
        <Icon name="campfire" />
      </div>
      <h2>{t("camp-title")}</h2>
      <ul class="camp-list">
        {view.party.order.map((id, i) => {
          const one = view.characters[id];
          return one === undefined ? null : (
            <Camper
              key={id}
              one={one}
              place={i}
              own={one.seat === game.seat.value}
              order={view.party.order.map(String)}
            />
          );
        })}
      </ul>
    </div>
  );
}

function Camper(
  props: {
    readonly one: CharacterView;
    readonly place: number;
    readonly own: boolean;
    readonly order: readonly string[];
  },
) {
  const game = useGame();
  const { one } = props;
  const spend = optionsOf(game, "SpendHitDice").find((option) => option.intent.character === one.id)?.intent;
  const prepares = one.preparedMax > 0 && props.own;
  return (
    <li class="camper">
      <Portrait icon={one.icon} colours={one.colours} />
      <span class="camper-text">
        <strong>{one.name}</strong> <span class="dim">{className(one.class)} {one.level}</span>
        <HpBar hp={one.hp} maxHp={one.maxHp} tempHp={one.tempHp} />
        <span class="dim">{t("camp-hit-dice", { count: one.hitDice })}</span>
      </span>
      <span class="item-acts">
        {game.active.value?.id === one.id || !props.own
          ? null
          : <Button label={t("camp-turn-to", { who: one.name })} kind="quiet" onClick={() => game.choose(one.id)} />}
        {spend === undefined
          ? null
          : <Button label={t("camp-spend", { who: one.name })} onClick={() => game.act({ ...spend, count: 1 })} />}
        {prepares ? <Prepare one={one} /> : null}
        {props.place > 0 && game.leads.value
          ? (
            <Button
              label={t("camp-forward", { who: one.name })}
              kind="quiet"
              onClick={() => {
                const order = game.view.value?.party.order ?? [];
                const next = [...order];
                next.splice(props.place, 1);
                next.splice(props.place - 1, 0, one.id);
                game.act({ type: "SetOrder", order: next });
              }}
            />
          )
          : null}
        {one.canLevel && props.own ? <LevelUpForm one={one} /> : null}
      </span>
    </li>
  );
}

function Prepare(props: { readonly one: CharacterView }) {
  const game = useGame();
  const { one } = props;
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>(one.prepared);
  const known = one.spells.filter((id) => (spellRecord(id)?.level ?? 1) > 0);
  if (!open) {
    return (
      <Button
        label={t("camp-prepare", { who: one.name })}
        icon="spell-book"
        onClick={() => {
          setChosen(one.prepared);
          setOpen(true);
        }}
      />
    );
  }
  return (
    <fieldset class="skills">
      <legend>{t("camp-prepare-legend", { count: chosen.length, max: one.preparedMax })}</legend>
      {known.map((id) => (
        <label key={id} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            disabled={!chosen.includes(id) && chosen.length >= one.preparedMax}
            onChange={(event) =>
              setChosen(event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))}
          />
          {spellName(id)}
        </label>
      ))}
      <Button
        label={t("camp-prepare-done")}
        kind="main"
        onClick={() => {
          game.act({ type: "PrepareSpells", character: one.id, spells: chosen });
          setOpen(false);
        }}
      />
    </fieldset>
  );
}
