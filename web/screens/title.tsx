import { useState } from "preact/hooks";
import { useStore } from "../parts/context.ts";
import { Button, Fault, Icon } from "../parts/ui.tsx";
import { t } from "../text/text.ts";
import { ReturnForm } from "./return_key.tsx";

/** The door: a name, and in. */
export function TitleScreen() {
  const store = useStore();
  const [name, setName] = useState(store.name.value);
  const [busy, setBusy] = useState(false);
  async function enter(): Promise<void> {
    const who = name.normalize("NFC").trim();
    if (who === "") {
      store.fault.value = t("fault-name");
      return;
    }
    setBusy(true);
    await store.enter(who);
    setBusy(false);
  }
  return (
    <main class="title">
      <div class="title-card frame">
        <div class="title-mark" aria-hidden="true">
          <Icon name="crossed-swords" />
        </div>
        <h1>{t("game-name")}</h1>
        <p class="lead">{t("title-lead")}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enter();
          }}
        >
          <label for="guest-name">{t("title-name")}</label>
          <input
            id="guest-name"
            value={name}
            maxLength={24}
            autocomplete="nickname"
            onInput={(event) => setName(event.currentTarget.value)}
          />
          {store.fault.value === "" ? null : <Fault text={store.fault.value} />}
          <Button label={t("title-enter")} kind="main" type="submit" disabled={busy} onClick={() => {}} />
        </form>
        <p class="small">{t("title-note")}</p>
        <ReturnForm />
      </div>
      <p class="legal small">
        {t("title-legal")} <a href="/NOTICE.txt">{t("credits")}</a> ·{" "}
        <a href="/ICON-CREDITS.txt">{t("icon-credits")}</a>
      </p>
    </main>
  );
}
