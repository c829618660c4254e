import { useEffect, useState } from "preact/hooks";
import { useStore } from "../parts/context.ts";
import { Button, Fault, Icon } from "../parts/ui.tsx";
import { checkDice, type DiceCheck, type DicePhase } from "../state/dice.ts";
import { notedHash } from "../state/remember.ts";
import type { WorldRow } from "../state/store.ts";
import { day } from "../text/day.ts";
import { t } from "../text/text.ts";
import { DiceReport } from "./dice_report.tsx";

/** Checks the dice of a world that has ended, in this browser, and says what came out. */
export function DiceScreen({ row }: { readonly row: WorldRow }) {
  const store = useStore();
  const [check, setCheck] = useState<DiceCheck | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    store.fault.value = "";
    const started = checkDice(store.ask, row.world);
    setCheck(started);
    return () => started.stop();
  }, [row.world, round]);
  const phase = check?.phase.value ?? { type: "working", done: 0, of: 0, rolls: 0 };
  return (
    <main class="page narrow dice">
      <header class="page-head">
        <h1>{t("dice-title")}</h1>
        <p>{t("dice-of", { world: row.name, date: day(row.endedAt) })}</p>
      </header>
      <section class="frame pad" aria-live="polite" aria-busy={phase.type === "working"}>
        <Body phase={phase} row={row} />
        {store.fault.value === "" ? null : <Fault text={store.fault.value} />}
        <div class="actions">
          {phase.type === "failed"
            ? <Button label={t("dice-again")} kind="main" onClick={() => setRound(round + 1)} />
            : null}
          <Button
            label={t("ended-back")}
            onClick={() => {
              store.fault.value = "";
              store.checking.value = null;
              store.screen.value = "worlds";
            }}
          />
        </div>
      </section>
    </main>
  );
}

function Body({ phase, row }: { readonly phase: DicePhase; readonly row: WorldRow }) {
  switch (phase.type) {
    case "working":
      return <Working phase={phase} />;
    case "failed":
      return <p role="alert">{t("dice-failed")}</p>;
    case "done":
      return (
        <DiceReport
          verdict={phase.verdict}
          end={phase.end}
          seedHash={row.seedHash}
          noted={notedHash(row.world)}
        />
      );
  }
}

function Working({ phase }: { readonly phase: Extract<DicePhase, { readonly type: "working" }> }) {
  const { done, of, rolls } = phase;
  const words = of === 0 ? t("dice-loading") : t("dice-working");
  return (
    <div class="dice-working">
      <Icon name="perspective-dice-six-faces-random" class="dice-mark" />
      <h2>{words}</h2>
      <progress aria-label={words} max={Math.max(1, of)} value={done} />
      <p class="dim">{t("dice-progress", { done, of, rolls })}</p>
    </div>
  );
}
