import { ABILITIES, type Ability } from "../../engine/types/names.ts";
import { ALL_CLASSES, ALL_LINEAGES } from "../content.ts";
import { type Draft, swapScore } from "../state/creation.ts";
import { t } from "../text/text.ts";

/** The six scores with what the lineage adds; placed by swapping, or bought step by step. */
export function ScoreTable(
  props: {
    readonly draft: Draft;
    readonly values: readonly number[];
    readonly onChange: (part: Partial<Draft>) => void;
  },
) {
  const { draft } = props;
  const lineage = ALL_LINEAGES.find((one) => one.id === draft.lineage);
  const keys = ALL_CLASSES.find((one) => one.id === draft.class)?.keyScores ?? [];
  return (
    <table class="scores">
      <thead>
        <tr>
          <th scope="col">{t("create-ability")}</th>
          <th scope="col">{t("create-score")}</th>
          <th scope="col">{t("create-with-lineage")}</th>
        </tr>
      </thead>
      <tbody>
        {ABILITIES.map((ability) => {
          const bonus = lineage?.bonuses[ability] ?? 0;
          const total = draft.scores[ability] + bonus;
          const modifier = Math.floor((total - 10) / 2);
          return (
            <tr key={ability} class={keys.includes(ability) ? "key" : ""}>
              <th scope="row">{t(`ability-${ability}`)}{keys.includes(ability) ? " ★" : ""}</th>
              <td>
                {draft.method === "pointbuy"
                  ? (
                    <PointScore
                      ability={ability}
                      value={draft.scores[ability]}
                      onChange={(value) => props.onChange({ scores: { ...draft.scores, [ability]: value } })}
                    />
                  )
                  : (
                    <select
                      aria-label={t("create-score-of", { ability: t(`ability-${ability}`) })}
                      value={String(draft.scores[ability])}
                      onChange={(event) =>
                        props.onChange({ scores: swapScore(draft.scores, ability, Number(event.currentTarget.value)) })}
                    >
                      {[...new Set(props.values)].toSorted((a, b) => b - a).map((value) => (
                        <option key={value} value={String(value)}>{value}</option>
                      ))}
                    </select>
                  )}
              </td>
              <td>{total} ({modifier >= 0 ? "+" : ""}{modifier})</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function PointScore(
  props: { readonly ability: Ability; readonly value: number; readonly onChange: (value: number) => void },
) {
  const name = t(`ability-${props.ability}`);
  return (
    <span class="stepper">
      <button
        type="button"
        aria-label={t("create-less", { ability: name })}
        onClick={() => props.onChange(Math.max(8, props.value - 1))}
      >
        −
      </button>
      <output>{props.value}</output>
      <button
        type="button"
        aria-label={t("create-more", { ability: name })}
        onClick={() => props.onChange(Math.min(15, props.value + 1))}
      >
        +
      </button>
    </span>
  );
}
