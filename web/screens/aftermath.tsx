import type { PartyView } from "../../engine/types/view.ts";
import { itemName, itemNumbers, itemRecord } from "../content.ts";
import { useGame } from "../parts/context.ts";
import { Button, Icon } from "../parts/ui.tsx";
import { Clock } from "../parts/turn_strip.tsx";
import { coins } from "../text/coins.ts";
import { t } from "../text/text.ts";

/** After a won fight: what was earned, and who gets what. */
export function AftermathView(props: { readonly view: PartyView }) {
  const game = useGame();
  const after = props.view.aftermath;
  if (after === null) return null;
  const stacks = Object.values(after.items);
  const who = game.active.value;
  return (
    <div class="aftermath" tabIndex={0}>
      <div class="spoils" aria-hidden="true">
        <Icon name="open-chest" />
      </div>
      <h2>{t("aftermath-title")}</h2>
      <p class="lead">{t("aftermath-earned", { xp: after.xpEach, coins: coins(after.coins) })}</p>
      {stacks.length === 0 ? <p class="dim">{t("aftermath-nothing")}</p> : (
        <>
          <p class="dim">
            {t("aftermath-claims", { who: who?.name ?? "" })} <Clock endsAt={after.endsAt} />
          </p>
          <ul class="items">
            {stacks.map((stack) => {
              const name = itemName(stack.item);
              const claims = after.claims[stack.id] ?? {};
              const mine = who === undefined ? undefined : claims[who.id];
              return (
                <li key={stack.id} class="item">
                  <Icon name={itemRecord(stack.item)?.icon ?? "backpack"} />
                  <span class="item-text">
                    <strong>{name}{stack.count > 1 ? ` × ${stack.count}` : ""}</strong>
                    <span class="dim">
                      {[itemNumbers(stack.item), itemRecord(stack.item)?.text ?? ""].filter((part) => part !== "").join(
                        " · ",
                      )}
                    </span>
                    <span class="claims">
                      {Object.entries(claims).map(([id, claim]) => `${game.nameOf(id)}: ${t(`claim-${claim}`)}`).join(
                        " · ",
                      )}
                    </span>
                  </span>
                  <span class="item-acts">
                    {(["need", "greed", "pass"] as const).map((claim) => (
                      <Button
                        key={claim}
                        label={t(`claim-${claim}-item`, { item: name })}
                        pressed={mine === claim}
                        disabled={who === undefined}
                        onClick={() =>
                          who !== undefined &&
                          game.act({ type: "ClaimLoot", character: who.id, item: stack.id, claim })}
                      />
                    ))}
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
