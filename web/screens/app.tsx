import { useEffect } from "preact/hooks";
import { useStore } from "../parts/context.ts";
import { LineBanner } from "../parts/line_banner.tsx";
import { t } from "../text/text.ts";
import { CreateScreen } from "./create.tsx";
import { DiceScreen } from "./dice.tsx";
import { NewWorldScreen } from "./new_world.tsx";
import { PartyScreen } from "./party.tsx";
import { PlayScreen } from "./play.tsx";
import { TitleScreen } from "./title.tsx";
import { WorldsScreen } from "./worlds.tsx";

/** The page: one screen at a time, the line's state above it, two live regions beside it. */
export function App() {
  const store = useStore();
  const screen = store.screen.value;
  const theme = store.theme.value;
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  useEffect(() => {
    if (store.line.value.phase === "signedOut" && screen !== "title") store.screen.value = "title";
  }, [store.line.value.phase]);
  return (
    <>
      <LineBanner />
      {screen === "loading"
        ? (
          <main class="loading">
            <p>{t("loading")}</p>
          </main>
        )
        : null}
      {screen === "title" ? <TitleScreen /> : null}
      {screen === "worlds" ? <WorldsScreen /> : null}
      {screen === "newWorld" ? <NewWorldScreen /> : null}
      {screen === "party" ? <PartyScreen /> : null}
      {screen === "create" ? <CreateScreen /> : null}
      {screen === "dice" && store.checking.value !== null ? <DiceScreen row={store.checking.value} /> : null}
      {screen === "play" && store.game.value !== null ? <PlayScreen key={store.game.value.world} /> : null}
      <div class="unseen" role="status" aria-live="polite" aria-label={t("region-outcomes")}>
        {store.voice.polite.value}
      </div>
      <div class="unseen" role="alert" aria-live="assertive" aria-label={t("region-prompts")}>
        {store.voice.assertive.value}
      </div>
    </>
  );
}
