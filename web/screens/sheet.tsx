import { ABILITIES, SLOTS } from "../../engine/types/names.ts";
import type { CharacterView } from "../../engine/types/view.ts";
import type { ItemStack } from "../../engine/types/creature.ts";
import { className, itemName, itemNumbers, itemRecord, lineageName, spellName } from "../content.ts";
import { useGame } from "../parts/context.ts";
import { Button, Dialog, HpBar, Icon, Portrait } from "../parts/ui.tsx";
import { optionsOf } from "../state/verbs/mod.ts";
import { t, wordsOf } from "../text/text.ts";
import { LevelUpForm } from "./level_up.tsx";

/** Sheet and gear of the active character. */
export function SheetPanel() {
  const game = useGame();
  const one = game.active.value;
  if (one === undefined) return null;
  return (
    <Dialog title={t("sheet-title", { name: one.name })} onClose={() => game.panel.value = null} wide>
      <div class="sheet">
        <section class="sheet-who">
          <Portrait icon={one.icon} colours={one.colours} class="huge" />
          <h3>{one.name}</h3>
          <p class="dim">
            {t("sheet-line", {
              lineage: lineageName(one.lineage),
              class: className(one.class).toLowerCase(),
              level: one.level,
            })}
          </p>
          <HpBar hp={one.hp} maxHp={one.maxHp} tempHp={one.tempHp} />
          <p>{t("sheet-numbers", { ac: one.ac, speed: one.speed })}</p>
          <p>
            {one.nextXp === null ? t("sheet-xp-max", { xp: one.xp }) : t("sheet-xp", { xp: one.xp, next: one.nextXp })}
          </p>
          {one.canLevel ? <LevelUpForm one={one} /> : null}
          <ul class="abilities">
            {ABILITIES.map((ability) => {
              const score = one.abilities[ability] ?? 10;
              const modifier = Math.floor((score - 10) / 2);
              return (
                <li key={ability}>
                  <span>{t(`ability-${ability}`)}</span>
                  <strong>{score}</strong>
                  <span>{modifier >= 0 ? "+" : "−"}{Math.abs(modifier)}</span>
                </li>
              );
            })}
          </ul>
          <p class="small">{t("sheet-skills", { list: one.skills.map(wordsOf).join(", ") })}</p>
          <p class="small">{t("sheet-features", { list: one.features.map(wordsOf).join(", ") })}</p>
          {one.cantrips.length + one.spells.length === 0 ? null : (
            <p class="small">
              {t("sheet-spells", {
                list: [...one.cantrips, ...(one.prepared.length > 0 ? one.prepared : one.spells)].map(spellName).join(
                  ", ",
                ),
              })}
            </p>
          )}
          {one.maxSlots.length === 0 ? null : (
            <p class="small">
              {t("sheet-slots", { list: one.maxSlots.map((most, i) => `${one.slots[i] ?? 0}/${most}`).join(" · ") })}
            </p>
          )}
        </section>
        <Gear one={one} />
      </div>
    </Dialog>
  );
}

function Gear(props: { readonly one: CharacterView }) {
  const { one } = props;
  const worn = new Map(SLOTS.flatMap((slot) => (one.worn[slot] ?? []).map((id) => [String(id), slot] as const)));
  return (
    <section class="gear">
      <h3>{t("gear-worn")}</h3>
      <ul class="items">
        {SLOTS.map((slot) => {
          const ids = one.worn[slot] ?? [];
          return ids.length === 0 ? null : ids.map((id) => {
            const stack = one.pack[id];
            return stack === undefined ? null : <Item key={`${slot}${id}`} stack={stack} slot={slot} />;
          });
        })}
      </ul>
      <h3>{t("gear-pack")}</h3>
      <ul class="items">
        {Object.values(one.pack).filter((stack) => !worn.has(stack.id)).map((stack) => (
          <Item key={stack.id} stack={stack} />
        ))}
      </ul>
    </section>
  );
}

function Item(props: { readonly stack: ItemStack; readonly slot?: string }) {
  const game = useGame();
  const { stack } = props;
  const record = itemRecord(stack.item);
  const name = itemName(stack.item);
  const equip = optionsOf(game, "EquipItem").filter((one) => one.intent.item === stack.id);
  const unequip = optionsOf(game, "UnequipItem").find((one) =>
    one.intent.slot === props.slot && (one.intent.item === undefined || one.intent.item === stack.id)
  );
  const uses = optionsOf(game, "UseItem").filter((one) =>
    one.intent.item === stack.id && (one.intent.target === undefined || one.intent.target === one.intent.character)
  );
  const gives = props.slot === undefined
    ? optionsOf(game, "GiveItem").filter((one) => one.intent.item === stack.id)
    : [];
  return (
    <li class="item">
      <Icon name={record?.icon ?? "backpack"} />
      <span class="item-text">
        <strong>{name}{stack.count > 1 ? ` × ${stack.count}` : ""}</strong>
        <span class="dim">
          {[props.slot === undefined ? "" : t(`slot-${props.slot}`), itemNumbers(stack.item), record?.text ?? ""]
            .filter((part) => part !== "").join(" · ")}
        </span>
      </span>
      <span class="item-acts">
        {equip.map((one) => (
          <Button
            key={one.intent.slot}
            label={t("equip-as", { item: name, slot: t(`slot-${one.intent.slot}`) })}
            onClick={() => game.act(one.intent)}
          />
        ))}
        {unequip === undefined
          ? null
          : <Button label={t("unequip", { item: name })} onClick={() => game.act(unequip.intent)} />}
        {uses[0] === undefined ? null : (
          <Button
            label={t("use-item", { item: name })}
            onClick={() => uses[0] !== undefined && game.act(uses[0].intent)}
          />
        )}
        {gives.length === 0 ? null : (
          <Button
            label={t("give-item", { item: name })}
            kind="quiet"
            onClick={() =>
              game.menu.value = {
                title: t("give-item", { item: name }),
                lines: gives.map(({ intent }) => ({
                  label: intent.to === "ground"
                    ? t("give-ground")
                    : t("give-to", { whom: game.nameOf(intent.to), count: intent.count }),
                  run: () => void game.act(intent),
                })),
              }}
          />
        )}
      </span>
    </li>
  );
}

/** The party's common stock, and what lies under foot. */
export function StashPanel() {
  const game = useGame();
  const view = game.view.value;
  if (view === null) return null;
  const takes = optionsOf(game, "TakeItem");
  const pile = view.area?.piles[view.party.at.join(",")] ?? [];
  const list = (stacks: readonly ItemStack[], from: "stash" | "ground") => (
    <ul class="items">
      {stacks.map((stack) => {
        const take = takes.find((one) => one.intent.item === stack.id && one.intent.from === from)?.intent;
        return (
          <li key={stack.id} class="item">
            <Icon name={itemRecord(stack.item)?.icon ?? "backpack"} />
            <span class="item-text">
              <strong>{itemName(stack.item)}{stack.count > 1 ? ` × ${stack.count}` : ""}</strong>
              <span class="dim">
                {[itemNumbers(stack.item), itemRecord(stack.item)?.text ?? ""].filter((part) => part !== "").join(
                  " · ",
                )}
              </span>
            </span>
            <span class="item-acts">
              <Button
                label={t("take-item", { item: itemName(stack.item), who: game.active.value?.name ?? "" })}
                disabled={take === undefined}
                why={t("why-now")}
                onClick={() => take !== undefined && game.act(take)}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
  const stash = Object.values(view.stash);
  return (
    <Dialog title={t("stash-title")} onClose={() => game.panel.value = null} wide>
      <p class="dim">{t("stash-note", { who: game.active.value?.name ?? "" })}</p>
      {stash.length === 0 ? <p>{t("stash-empty")}</p> : list(stash, "stash")}
      {pile.length === 0 ? null : (
        <>
          <h3>{t("stash-ground")}</h3>
          {list(pile, "ground")}
        </>
      )}
    </Dialog>
  );
}
