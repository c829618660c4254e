import { useState } from "preact/hooks";
import { useStore } from "../parts/context.ts";
import type { WorldRow } from "../state/store.ts";
import { Button, Fault, Icon } from "../parts/ui.tsx";
import { t } from "../text/text.ts";
import { ReturnKeyDialog } from "./return_key.tsx";

/** The lobby: worlds one has a seat in, a new one, or an invitation. */
export function WorldsScreen() {
  const store = useStore();
  const [code, setCode] = useState("");
  const [leaving, setLeaving] = useState(false);
  function joinByInvite(): void {
    const invite = /([A-Za-z0-9_.-]+)\s*$/.exec(code.trim())?.[1];
    if (invite === undefined) {
      store.fault.value = t("fault-invite");
      return;
    }
    store.fault.value = "";
    store.destination.value = { invite, name: "" };
    store.screen.value = "party";
  }
  return (
    <main class="page">
      <header class="page-head">
        <h1>{t("worlds-title")}</h1>
        <p>{t("worlds-hello", { name: store.name.value === "" ? t("traveller") : store.name.value })}</p>
      </header>
      {store.fault.value === "" ? null : <Fault text={store.fault.value} />}
      <div class="columns">
        <section class="frame pad" aria-labelledby="own-worlds">
          <h2 id="own-worlds">{t("worlds-own")}</h2>
          {store.worlds.value.length === 0 ? <p class="dim">{t("worlds-none")}</p> : (
            <ul class="rows">
              {store.worlds.value.map((row) => (
                <li key={row.world} class="row">
                  <Icon name="closed-doors" />
                  <div class="row-text">
                    <strong>{row.name}</strong>
                    <span class="dim">{describe(row)}</span>
                  </div>
                  <RowButtons row={row} />
                </li>
              ))}
            </ul>
          )}
          <Button
            label={t("worlds-new")}
            icon="closed-doors"
            kind="main"
            onClick={() => {
              store.fault.value = "";
              store.screen.value = "newWorld";
            }}
          />
        </section>
        <section class="frame pad" aria-labelledby="by-invite">
          <h2 id="by-invite">{t("worlds-join")}</h2>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              joinByInvite();
            }}
          >
            <label for="invite-code">{t("worlds-invite")}</label>
            <input id="invite-code" value={code} onInput={(event) => setCode(event.currentTarget.value)} />
            <Button label={t("worlds-join-button")} type="submit" onClick={() => {}} />
          </form>
          <h2>{t("settings")}</h2>
          <div class="actions">
            <Button
              label={t("theme-contrast")}
              pressed={store.theme.value === "contrast"}
              onClick={() => {
                store.theme.value = store.theme.value === "contrast" ? "gold" : "contrast";
              }}
            />
            <Button label={t("return-title")} onClick={() => setLeaving(true)} />
            <Button label={t("sign-out")} kind="quiet" onClick={() => store.leaveSession()} />
          </div>
        </section>
      </div>
      {leaving ? <ReturnKeyDialog onClose={() => setLeaving(false)} /> : null}
    </main>
  );
}

function describe(row: WorldRow): string {
  if (row.state === "quarantined") return t("worlds-quarantined");
  if (row.state === "frozen") return t("worlds-frozen");
  const mode = t(`mode-${row.endedAt > 0 ? "ended" : row.mode}`);
  return t("worlds-row", { mode, members: row.members.join(", ") });
}

function RowButtons({ row }: { readonly row: WorldRow }) {
  const store = useStore();
  // Nothing can be done with it from here.
  if (row.state === "quarantined") return null;
  if (row.endedAt === 0) {
    return (
      <Button
        label={t("worlds-continue", { world: row.name })}
        kind="main"
        onClick={() => store.play(row.world)}
      />
    );
  }
  return (
    <>
      <Button label={t("worlds-open", { world: row.name })} kind="quiet" onClick={() => store.play(row.world)} />
      <Button label={t("worlds-dice", { world: row.name })} onClick={() => store.openDice(row.world)} />
    </>
  );
}
