import { useEffect } from "preact/hooks";
import type { PartyView } from "../../engine/types/view.ts";
import { AreaMap } from "../parts/area_map.tsx";
import { BattleMap } from "../parts/battle_map.tsx";
import { useGame, useStore } from "../parts/context.ts";
import { LogPanel } from "../parts/log_panel.tsx";
import { MenuLayer } from "../parts/menu_layer.tsx";
import { PartyStrip } from "../parts/party_strip.tsx";
import { TurnStrip } from "../parts/turn_strip.tsx";
import { Button, Fault } from "../parts/ui.tsx";
import { VerbBar } from "../parts/verb_bar.tsx";
import { Viewport } from "../parts/viewport.tsx";
import { listenToKeys } from "../state/keys.ts";
import { coins } from "../text/coins.ts";
import { t } from "../text/text.ts";
import { AftermathView } from "./aftermath.tsx";
import { CampView } from "./camp.tsx";
import { EncounterCard } from "./encounter.tsx";
import { EndedScreen } from "./ended.tsx";
import { Panels } from "./panels.tsx";

/** One world on the screen. */
export function PlayScreen() {
  const game = useGame();
  const store = useStore();
  const view = game.view.value;
  useEffect(() => listenToKeys(game, store.voice), [game]);
  if (game.refused.value !== "") {
    return (
      <main class="page narrow">
        <Fault text={game.refused.value} />
        <Button label={t("back")} onClick={() => store.leavePlay()} />
      </main>
    );
  }
  if (view === null) {
    return (
      <main class="loading">
        <p>{t("loading-world")}</p>
      </main>
    );
  }
  if (view.world.endedAt !== undefined) return <EndedScreen view={view} />;
  return (
    <main class={`play mode-${view.mode}`} aria-busy={game.busy.value}>
      <h1 class="unseen">{view.world.name}</h1>
      <Status view={view} />
      <div class="stage frame">
        <Stage view={view} />
      </div>
      <aside class="side">
        <PartyStrip view={view} />
        {view.mode === "battle" || view.area === null ? null : (
          <div class="mini frame" aria-hidden="true">
            <AreaMap view={view} travel={false} />
          </div>
        )}
        <LogPanel />
      </aside>
      <VerbBar />
      <Panels />
      <MenuLayer />
    </main>
  );
}

function Stage(props: { readonly view: PartyView }) {
  const { view } = props;
  if (view.mode === "battle" && view.combat !== null) {
    return (
      <>
        <TurnStrip view={view} combat={view.combat} />
        <BattleMap view={view} combat={view.combat} />
      </>
    );
  }
  if (view.mode === "camp") return <CampView view={view} />;
  if (view.mode === "aftermath") return <AftermathView view={view} />;
  return (
    <>
      <Viewport view={view} />
      {view.mode === "encounter" ? <EncounterCard view={view} /> : null}
    </>
  );
}

const PANELS = [["sheet", "v"], ["stash", "i"], ["journal", "j"], ["map", "a"], ["help", "?"], ["menu", ""]] as const;

function Status(props: { readonly view: PartyView }) {
  const game = useGame();
  const { view } = props;
  const minute = view.clock.minute % 1440;
  const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return (
    <header class="status">
      <p class="place">
        <strong>{view.area?.name ?? view.world.name}</strong>
        <span>
          {t("status-where", { x: view.party.at[0], y: view.party.at[1], facing: t(`facing-${view.party.facing}`) })}
        </span>
        <span>{t("status-clock", { day: view.clock.day, time })}</span>
        <span>{view.party.light === null ? t("status-dark") : t("status-light")}</span>
        {view.party.searching ? <span>{t("status-searching")}</span> : null}
        <span>{coins(view.party.purse)}</span>
      </p>
      <nav class="panel-keys" aria-label={t("panels")}>
        {PANELS.map(([panel, key]) => (
          <Button
            key={panel}
            label={t(`panel-${panel}`)}
            kind="quiet"
            pressed={game.panel.value === panel}
            {...(key === "" ? {} : { hotkey: key.toUpperCase() })}
            onClick={() => game.panel.value = game.panel.value === panel ? null : panel}
          />
        ))}
      </nav>
    </header>
  );
}
