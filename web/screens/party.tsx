import { useState } from "preact/hooks";
import { useStore } from "../parts/context.ts";
import { className, lineageName } from "../content.ts";
import { Button, Fault, Portrait } from "../parts/ui.tsx";
import { t } from "../text/text.ts";

const SEATS = 6;
const MARCH = ["fighter", "paladin", "cleric", "ranger", "thief", "mage"];

/** Who goes in: up to six of one's own characters, made here or taken from the roster. */
export function PartyScreen() {
  const store = useStore();
  const to = store.destination.value;
  const free = store.roster.value.filter((one) => one.away === "");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const going = free.filter((one) => !left.has(one.id)).slice(0, SEATS);
  async function go(): Promise<void> {
    if (to === null) return;
    setBusy(true);
    await store.join(to, going.toSorted((a, b) => rank(a.class) - rank(b.class)).map((one) => one.id));
    setBusy(false);
  }
  return (
    <main class="page">
      <header class="page-head">
        <h1>{t("party-title")}</h1>
        <p>{to === null || to.name === "" ? t("party-invited") : t("party-into", { world: to.name })}</p>
        {to?.seedHash === undefined || to.seedHash === "" ? null : (
          <p class="small dim">
            {t("party-seed", { hash: "" })} <code class="hash">{to.seedHash}</code>
          </p>
        )}
      </header>
      {store.fault.value === "" ? null : <Fault text={store.fault.value} />}
      <section class="frame pad" aria-labelledby="party-roster">
        <h2 id="party-roster">{t("party-roster", { count: going.length })}</h2>
        {free.length === 0 ? <p class="dim">{t("party-none")}</p> : (
          <ul class="cards">
            {free.map((one) => {
              const comes = going.some((other) => other.id === one.id);
              return (
                <li key={one.id}>
                  <button
                    type="button"
                    class="card"
                    aria-pressed={comes}
                    onClick={() => {
                      const next = new Set(left);
                      if (comes) next.add(one.id);
                      else next.delete(one.id);
                      setLeft(next);
                    }}
                  >
                    <Portrait icon={one.icon} colours={one.colours} class="big" />
                    <strong>{one.name}</strong>
                    <span class="dim">{lineageName(one.lineage)} {className(one.class).toLowerCase()}</span>
                    <span class="dim">{t("level-hp", { level: one.level, hp: one.maxHp })}</span>
                    <span class="tick">{comes ? t("comes-along") : t("stays-home")}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        )}
        <div class="actions">
          <Button
            label={t("party-create")}
            icon="person"
            disabled={store.roster.value.length >= 24}
            onClick={() => {
              store.fault.value = "";
              store.screen.value = "create";
            }}
          />
          <Button
            label={t("party-enter", { count: going.length })}
            kind="main"
            icon="closed-doors"
            disabled={busy || going.length === 0}
            why={t("party-need-one")}
            onClick={go}
          />
          <Button
            label={t("back")}
            kind="quiet"
            onClick={() => {
              store.destination.value = null;
              store.screen.value = "worlds";
            }}
          />
        </div>
      </section>
    </main>
  );
}

/** Those in iron walk in front until the camp says otherwise. */
function rank(classId: string): number {
  return MARCH.indexOf(classId);
}
