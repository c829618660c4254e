import { useState } from "preact/hooks";
import type { PartyView } from "../../engine/types/view.ts";
import { useGame, useStore } from "../parts/context.ts";
import { MenuLayer } from "../parts/menu_layer.tsx";
import { Button, Icon } from "../parts/ui.tsx";
import { day } from "../text/day.ts";
import { t } from "../text/text.ts";

/** A world that is over: what can be done with it, and the seed, which is no secret any more. */
export function EndedScreen({ view }: { readonly view: PartyView }) {
  const store = useStore();
  const game = useGame();
  const { name, seed, seedHash, endedAt = 0 } = view.world;
  return (
    <main class="page narrow ended">
      <section class="frame pad" aria-labelledby="ended-title">
        <Icon name="closed-doors" class="ended-mark" />
        <h1 id="ended-title">{t("ended-title", { world: name })}</h1>
        <p class="lead">{t("ended-lead")}</p>
        <p class="dim">{t("ended-when", { date: day(endedAt) })}</p>
        <h2>{t("ended-dice")}</h2>
        <p>{t("ended-dice-lead")}</p>
        <dl class="facts">
          <dt>{t("ended-seed")}</dt>
          <dd>
            <code class="hash">{seed}</code>
          </dd>
          <dt>{t("ended-hash")}</dt>
          <dd>
            <code class="hash">{seedHash}</code>
          </dd>
        </dl>
        <div class="actions">
          <Button
            label={t("ended-check")}
            icon="perspective-dice-six-faces-random"
            kind="main"
            onClick={() => store.openDice(game.world)}
          />
          <Button label={t("ended-back")} onClick={() => store.leavePlay()} />
          <Button
            label={t("ended-forget")}
            kind="quiet"
            onClick={() =>
              game.menu.value = {
                title: t("ended-forget-sure"),
                lines: [
                  { label: t("ended-forget-no"), run: () => {} },
                  {
                    label: t("ended-forget-yes"),
                    run: () => void game.act({ type: "LeaveGame" }).then(() => store.leavePlay()),
                  },
                ],
              }}
          />
        </div>
      </section>
      <MenuLayer />
    </main>
  );
}

/** In the world's menu, for its host: ends the world once its name has been typed. */
export function EndWorld() {
  const game = useGame();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const name = game.view.value?.world.name ?? "";
  if (game.view.value?.seats[game.seat.value]?.roles.includes("host") !== true) return null;
  async function end(): Promise<void> {
    const settled = await game.act({ type: "EndWorld", name: typed.trim() });
    if (settled.type !== "error") game.panel.value = null;
  }
  return (
    <>
      <h3>{t("menu-end")}</h3>
      {!open ? <Button label={t("menu-end-open")} kind="quiet" onClick={() => setOpen(true)} /> : (
        <form
          class="end-world"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() === name) end();
          }}
        >
          <p>{t("menu-end-how")}</p>
          <label for="end-name">{t("menu-end-name", { name })}</label>
          <input
            id="end-name"
            value={typed}
            maxLength={160}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <div class="actions">
            <Button
              label={t("menu-end-sure")}
              type="submit"
              disabled={typed.trim() !== name}
              why={t("menu-end-why")}
              onClick={() => {}}
            />
            <Button label={t("menu-end-no")} kind="quiet" onClick={() => setOpen(false)} />
          </div>
        </form>
      )}
    </>
  );
}
