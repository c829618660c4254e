import { useState } from "preact/hooks";
import { ALL_BACKGROUNDS, ALL_CLASSES, ALL_LINEAGES } from "../content.ts";
import { useStore } from "../parts/context.ts";
import { Button, Icon, Portrait } from "../parts/ui.tsx";
import {
  arrange,
  arrangePoints,
  assignment,
  type Draft,
  faultsOf,
  POINTS,
  pointsSpent,
  STANDARD,
} from "../state/creation.ts";
import { nameFor } from "../state/names.ts";
import { ScoreTable } from "./score_table.tsx";
import { t, wordsOf } from "../text/text.ts";

const METHODS = ["standard", "pointbuy", "roll"] as const;
const COLOURS: readonly (readonly [string, string])[] = [
  ["#e0b04c", "#3a2410"],
  ["#d8584c", "#35100f"],
  ["#6aa6e0", "#0f2238"],
  ["#6cc08a", "#0f2a1a"],
  ["#b58ae0", "#241238"],
  ["#e8e0d0", "#2a2a30"],
];
const FACES = [
  "visored-helm",
  "wizard-face",
  "woman-elf-face",
  "dwarf-face",
  "monk-face",
  "hooded-figure",
  "barbarian",
  "barbute",
  "person",
  "robin-hood-hat",
];

/** Making a character: everything on one page, all faults at once, the draft is never lost. */
export function CreateScreen() {
  const store = useStore();
  const [draft, setDraft] = useState<Draft>(() => fresh(store.roster.value.length));
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const record = ALL_CLASSES.find((one) => one.id === draft.class);
  const rolls = store.rolls.value;

  function change(part: Partial<Draft>): void {
    setDraft({ ...draft, ...part });
  }

  function rearrange(part: Partial<Draft>): void {
    const next = { ...draft, ...part };
    const values = next.method === "roll" ? rolls[next.set] : STANDARD;
    const entry = ALL_CLASSES.find((one) => one.id === next.class);
    setDraft({
      ...next,
      scores: next.method === "pointbuy" ? arrangePoints(entry) : arrange(values ?? STANDARD, entry),
    });
  }

  async function roll(): Promise<void> {
    const settled = await store.account("character.roll", {});
    if (settled.type === "error") return setFaults([store.fault.value]);
    await store.loadRoster();
    const sets = store.rolls.value;
    const set = Math.max(0, sets.length - 1);
    setDraft({ ...draft, method: "roll", set, scores: arrange(sets[set] ?? STANDARD, record) });
  }

  async function confirm(): Promise<void> {
    const found = faultsOf(draft, rolls, record?.skills.choose ?? 2).map((id) => t(id));
    setFaults(found);
    if (found.length > 0) return;
    setBusy(true);
    const settled = await store.account("createCharacter", {
      name: draft.name.normalize("NFC").trim(),
      class: draft.class,
      lineage: draft.lineage,
      background: draft.background,
      method: draft.method,
      icon: draft.icon,
      colours: draft.colours,
      ...(draft.method === "pointbuy" ? { scores: draft.scores } : { assign: assignment(draft.scores) }),
      ...(draft.method === "roll" ? { set: draft.set } : {}),
      ...(draft.skills.length > 0 ? { skills: draft.skills } : {}),
    });
    setBusy(false);
    if (settled.type === "error") return setFaults([store.fault.value]);
    await store.loadRoster();
    store.screen.value = "party";
  }

  return (
    <main class="page">
      <header class="page-head">
        <h1>{t("create-title")}</h1>
      </header>
      <form
        class="create"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <section class="frame pad who">
          <Portrait icon={draft.icon} colours={draft.colours} class="huge" />
          <label for="character-name">{t("create-name")}</label>
          <input
            id="character-name"
            value={draft.name}
            maxLength={24}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
          <h3 id="looks">{t("create-looks")}</h3>
          <div class="swatches" role="group" aria-labelledby="looks">
            {FACES.map((icon) => (
              <button
                type="button"
                key={icon}
                class="swatch"
                aria-label={t("create-face", { face: wordsOf(icon).toLowerCase() })}
                aria-pressed={draft.icon === icon}
                onClick={() => change({ icon })}
              >
                <Icon name={icon} />
              </button>
            ))}
          </div>
          <div class="swatches" role="group" aria-label={t("create-colours")}>
            {COLOURS.map((colours, i) => (
              <button
                type="button"
                key={colours[0]}
                class="swatch colour"
                style={{ "--main": colours[0], "--ground": colours[1] }}
                aria-label={t("create-colour", { number: i + 1 })}
                aria-pressed={draft.colours[0] === colours[0]}
                onClick={() => change({ colours: [colours[0], colours[1]] })}
              />
            ))}
          </div>
        </section>
        <section class="frame pad">
          <h2>{t("create-class")}</h2>
          <div class="pick" role="group" aria-label={t("create-class")}>
            {ALL_CLASSES.map((one) => (
              <button
                type="button"
                key={one.id}
                class="choice-tile"
                aria-pressed={draft.class === one.id}
                onClick={() => rearrange({ class: one.id, skills: [] })}
              >
                <Icon name={one.icon} />
                <strong>{one.name}</strong>
              </button>
            ))}
          </div>
          <p class="dim">{record?.text}</p>
          <p class="small">
            {t("create-key", { scores: (record?.keyScores ?? []).map((one) => t(`ability-${one}`)).join(", ") })}{" "}
            {t("create-hit-die", { die: record?.hitDie ?? 8 })}
          </p>
          <h2>{t("create-lineage")}</h2>
          <div class="pick" role="group" aria-label={t("create-lineage")}>
            {ALL_LINEAGES.map((one) => (
              <button
                type="button"
                key={one.id}
                class="choice-tile small"
                aria-pressed={draft.lineage === one.id}
                onClick={() => change({ lineage: one.id })}
              >
                <strong>{one.name}</strong>
              </button>
            ))}
          </div>
          <p class="dim">{ALL_LINEAGES.find((one) => one.id === draft.lineage)?.text}</p>
          <label for="background">{t("create-background")}</label>
          <select
            id="background"
            value={draft.background}
            onChange={(event) => change({ background: event.currentTarget.value })}
          >
            {ALL_BACKGROUNDS.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
          <fieldset class="skills">
            <legend>{t("create-skills", { count: record?.skills.choose ?? 2 })}</legend>
            {(record?.skills.from ?? []).map((skill) => (
              <label key={skill} class="check">
                <input
                  type="checkbox"
                  checked={draft.skills.includes(skill)}
                  onChange={(event) =>
                    change({
                      skills: event.currentTarget.checked
                        ? [...draft.skills, skill]
                        : draft.skills.filter((one) => one !== skill),
                    })}
                />
                {wordsOf(skill)}
              </label>
            ))}
          </fieldset>
        </section>
        <section class="frame pad">
          <h2>{t("create-scores")}</h2>
          <div class="pick" role="group" aria-label={t("create-method")}>
            {METHODS.map((method) => (
              <button
                type="button"
                key={method}
                class="choice-tile small"
                aria-pressed={draft.method === method}
                onClick={() => rearrange({ method })}
              >
                <strong>{t(`method-${method}`)}</strong>
              </button>
            ))}
          </div>
          <p class="dim">{t(`method-${draft.method}-note`)}</p>
          {draft.method === "roll"
            ? (
              <div class="actions">
                <Button
                  label={rolls.length === 0 ? t("create-roll") : t("create-reroll", { left: store.rerollsLeft.value })}
                  icon="perspective-dice-six-faces-random"
                  onClick={roll}
                />
                {rolls.map((set, i) => (
                  <Button
                    key={i}
                    label={t("create-set", { number: i + 1, scores: set.join(" ") })}
                    pressed={draft.set === i}
                    onClick={() => rearrange({ set: i })}
                  />
                ))}
              </div>
            )
            : null}
          {draft.method === "pointbuy"
            ? <p class="points">{t("create-points", { left: POINTS - pointsSpent(draft.scores), all: POINTS })}</p>
            : null}
          <ScoreTable
            draft={draft}
            values={draft.method === "roll" ? rolls[draft.set] ?? [] : STANDARD}
            onChange={change}
          />
          <Button label={t("create-arrange")} icon="upgrade" onClick={() => rearrange({})} />
          {faults.length === 0
            ? null
            : <ul class="fault" role="alert">{faults.map((fault) => <li key={fault}>{fault}</li>)}</ul>}
          <div class="actions">
            <Button label={t("create-confirm")} kind="main" type="submit" disabled={busy} onClick={() => {}} />
            <Button label={t("back")} kind="quiet" onClick={() => store.screen.value = "party"} />
          </div>
        </section>
      </form>
    </main>
  );
}

/** A draft with a class the party lacks, a name and a face, so that one press makes a sensible character. */
function fresh(number: number): Draft {
  const record = ALL_CLASSES[[0, 2, 3, 1, 4, 5][number % 6] ?? 0];
  const id = record?.id ?? "fighter";
  const colours = COLOURS[number % COLOURS.length] ?? ["#e0b04c", "#3a2410"];
  return {
    name: nameFor(Math.floor(Math.random() * 10_000)),
    class: id,
    lineage: (["human", "dwarf", "halfling", "elf", "halfElf", "halfOrc"] as const)[number % 6] ?? "human",
    background: (["sellsword", "acolyte", "urchin", "scholar", "woodward", "pedlar"] as const)[number % 6] ??
      "sellsword",
    method: "standard",
    set: 0,
    scores: arrange(STANDARD, record),
    skills: [],
    icon: (["visored-helm", "dwarf-face", "hooded-figure", "wizard-face", "robin-hood-hat", "barbute"] as const)[
      number % 6
    ] ?? "person",
    colours: [colours[0], colours[1]],
  };
}
