import { useState } from "preact/hooks";
import { AreaMap } from "../parts/area_map.tsx";
import { useGame, useStore } from "../parts/context.ts";
import { Button, Dialog } from "../parts/ui.tsx";
import { textOf } from "../net/json.ts";
import { keyedVerbs } from "../state/verbs/mod.ts";
import { coins } from "../text/coins.ts";
import { t } from "../text/text.ts";
import { EndWorld } from "./ended.tsx";
import { SheetPanel, StashPanel } from "./sheet.tsx";

/** The sheets that open over the play screen. */
export function Panels() {
  const game = useGame();
  switch (game.panel.value) {
    case "map":
      return <MapPanel />;
    case "sheet":
      return <SheetPanel />;
    case "stash":
      return <StashPanel />;
    case "journal":
      return <JournalPanel />;
    case "help":
      return <HelpPanel />;
    case "menu":
      return <WorldMenu />;
    default:
      return null;
  }
}

function MapPanel() {
  const game = useGame();
  const view = game.view.value;
  if (view === null) return null;
  return (
    <Dialog title={view.area?.name ?? t("area-map")} onClose={() => game.panel.value = null} wide>
      <AreaMap view={view} travel={game.leads.value && view.mode === "explore"} />
      <p class="dim small">{t("area-map-note")}</p>
    </Dialog>
  );
}

function JournalPanel() {
  const game = useGame();
  const quests = Object.values(game.view.value?.quests ?? {});
  return (
    <Dialog title={t("journal-title")} onClose={() => game.panel.value = null} wide>
      {quests.length === 0 ? <p>{t("journal-empty")}</p> : (
        <ul class="quests">
          {quests.map((quest) => (
            <li key={quest.id} class={`quest ${quest.state}`}>
              <h3>
                {quest.title} <span class="state">{t(`quest-${quest.state}`)}</span>
              </h3>
              <p>{quest.text}</p>
              <ol>
                {quest.steps.map((step, i) => (
                  <li key={i} class={step.done ? "done" : ""}>
                    <span aria-hidden="true">{step.done ? "✔" : "◦"}</span> {step.text}
                    {step.done ? <span class="unseen">{t("done")}</span> : null}
                  </li>
                ))}
              </ol>
              <p class="dim">
                {t("quest-reward", { coins: coins(quest.reward.coins), xp: quest.reward.xp, giver: quest.giver })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function HelpPanel() {
  const game = useGame();
  const keys = ["1-6", "V", "I", "J", "A", "/", ".", ",", "?"];
  return (
    <Dialog title={t("help-title")} onClose={() => game.panel.value = null} wide>
      <p>{t("help-lead")}</p>
      <ul class="help-list">
        {keyedVerbs(game).map((verb) => (
          <li key={verb.id} class={verb.enabled ? "" : "off"}>
            <kbd>{verb.key}</kbd> <strong>{verb.label}</strong>
            {verb.enabled ? null : <span class="dim">— {verb.why}</span>}
          </li>
        ))}
        {keys.map((sign, i) => (
          <li key={sign}>
            <kbd>{sign}</kbd> {t(`help-key-${i}`)}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function WorldMenu() {
  const game = useGame();
  const store = useStore();
  const view = game.view.value;
  const [invite, setInvite] = useState("");
  async function show(): Promise<void> {
    const result = await store.ask("world.invite", { world: game.world });
    setInvite(textOf(result?.["invite"]));
  }
  const policy = game.active.value?.policy;
  const who = game.active.value;
  return (
    <Dialog title={t("menu-title")} onClose={() => game.panel.value = null}>
      <h3>{t("menu-invite")}</h3>
      {invite === "" ? <Button label={t("menu-show-invite")} kind="main" onClick={show} /> : (
        <p>
          <label for="invite-link">{t("menu-invite-link")}</label>
          <input id="invite-link" readOnly value={invite} onFocus={(event) => event.currentTarget.select()} />
        </p>
      )}
      <h3>{t("menu-players")}</h3>
      <ul class="rows">
        {Object.values(view?.seats ?? {}).filter((seat) => !seat.left).map((seat) => (
          <li key={seat.id} class="row">
            <span class="row-text">
              <strong>{seat.name}</strong>
              <span class="dim">{seat.roles.map((role) => t(`role-${role}`)).join(", ")}</span>
            </span>
            {game.leads.value && seat.id !== game.seat.value
              ? (
                <Button
                  label={t("menu-give-lead", { who: seat.name })}
                  onClick={() => game.act({ type: "GiveLead", seat: seat.id })}
                />
              )
              : null}
          </li>
        ))}
      </ul>
      {who === undefined || policy === undefined ? null : (
        <>
          <h3>{t("menu-policy", { who: who.name })}</h3>
          {(["opportunity", "shield"] as const).map((kind) => (
            <label key={kind} class="check">
              {t(`policy-${kind}`)}
              <select
                value={policy[kind]}
                onChange={(event) => {
                  const value = event.currentTarget.value;
                  if (value === "always" || value === "ask" || value === "never") {
                    game.act({
                      type: "SetPolicy",
                      character: who.id,
                      kind,
                      policy: value,
                    });
                  }
                }}
              >
                {(["always", "ask", "never"] as const).map((value) => (
                  <option key={value} value={value}>{t(`policy-${value}`)}</option>
                ))}
              </select>
            </label>
          ))}
        </>
      )}
      <h3>{t("menu-look")}</h3>
      <Button
        label={t("theme-contrast")}
        pressed={store.theme.value === "contrast"}
        onClick={() => store.theme.value = store.theme.value === "contrast" ? "gold" : "contrast"}
      />
      <p class="small dim">
        {t("menu-world", { name: view?.world.name ?? "", generator: view?.world.generator ?? 1 })}{" "}
        <code class="hash">{view?.world.seedHash}</code>
      </p>
      <EndWorld />
      <div class="actions">
        <Button label={t("menu-leave")} onClick={() => store.leavePlay()} />
        <Button
          label={t("menu-leave-seat")}
          kind="quiet"
          onClick={() =>
            game.menu.value = {
              title: t("menu-leave-sure"),
              lines: [
                { label: t("menu-leave-no"), run: () => {} },
                {
                  label: t("menu-leave-yes"),
                  run: () => void game.act({ type: "LeaveGame" }).then(() => store.leavePlay()),
                },
              ],
            }}
        />
      </div>
    </Dialog>
  );
}
