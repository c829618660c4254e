import { useState } from "preact/hooks";
import { useStore } from "../parts/context.ts";
import { textOf } from "../net/json.ts";
import { Button, Fault } from "../parts/ui.tsx";
import { t } from "../text/text.ts";

const CLOCKS = ["normal", "brisk", "relaxed"] as const;
const SIZES = [1, 2, 3, 4, 5, 6] as const;
const DIFFICULTIES = ["story", "normal", "hard"] as const;

/** World options; the hash of its seed is shown once it exists, so that nobody can swap the seed later. */
export function NewWorldScreen() {
  const store = useStore();
  const [name, setName] = useState(t("new-world-default"));
  const [turnClock, setClock] = useState<string>("normal");
  const [difficulty, setDifficulty] = useState<string>("normal");
  const [partySize, setPartySize] = useState(4);
  const [busy, setBusy] = useState(false);
  async function create(): Promise<void> {
    setBusy(true);
    const settled = await store.account("world.create", {
      name: name.normalize("NFC").trim(),
      turnClock,
      difficulty,
      partySize,
    });
    setBusy(false);
    if (settled.type === "error") return;
    store.destination.value = {
      world: textOf(settled.result["world"]),
      name: name.trim(),
      seedHash: textOf(settled.result["seedHash"]),
      invite: textOf(settled.result["invite"]).replace(/^.*\/i\//, ""),
    };
    store.screen.value = "party";
  }
  return (
    <main class="page narrow">
      <header class="page-head">
        <h1>{t("new-world-title")}</h1>
      </header>
      <form
        class="frame pad"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <label for="world-name">{t("new-world-name")}</label>
        <input id="world-name" value={name} maxLength={40} onInput={(event) => setName(event.currentTarget.value)} />
        <Choice legend={t("new-world-clock")} name="clock" values={CLOCKS} value={turnClock} onChange={setClock} />
        <Choice
          legend={t("new-world-difficulty")}
          name="difficulty"
          values={DIFFICULTIES}
          value={difficulty}
          onChange={setDifficulty}
        />
        <label for="world-size">{t("new-world-size")}</label>
        <select
          id="world-size"
          value={String(partySize)}
          onChange={(event) => setPartySize(Number(event.currentTarget.value))}
        >
          {SIZES.map((size) => <option key={size} value={String(size)}>{size}</option>)}
        </select>
        {store.fault.value === "" ? null : <Fault text={store.fault.value} />}
        <div class="actions">
          <Button label={t("new-world-create")} kind="main" type="submit" disabled={busy} onClick={() => {}} />
          <Button label={t("back")} kind="quiet" onClick={() => store.screen.value = "worlds"} />
        </div>
      </form>
    </main>
  );
}

function Choice(
  props: {
    readonly legend: string;
    readonly name: string;
    readonly values: readonly string[];
    readonly value: string;
    readonly onChange: (value: string) => void;
  },
) {
  return (
    <fieldset class="choice">
      <legend>{props.legend}</legend>
      {props.values.map((value) => (
        <label key={value} class="option">
          <input
            type="radio"
            name={props.name}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          <span>
            <strong>{t(`${props.name}-${value}`)}</strong>
            <span class="dim">{t(`${props.name}-${value}-note`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
