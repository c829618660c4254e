import type { PartyView } from "../../engine/types/view.ts";
import { Clock } from "../parts/turn_strip.tsx";
import { Portrait } from "../parts/ui.tsx";
import { t } from "../text/text.ts";

/** Who stands there, how far, how they look at us; the choices are in the verb bar. */
export function EncounterCard(props: { readonly view: PartyView }) {
  const encounter = props.view.encounter;
  if (encounter === null) return null;
  return (
    <section class="encounter frame" aria-label={t("encounter-title")}>
      <h2>{t("encounter-title")}</h2>
      <ul>
        {encounter.foes.map((foe) => (
          <li key={foe.monster}>
            <Portrait icon={foe.icon} colours={["#c2513f", "#3f0f0c"]} />
            <strong>{t("encounter-foe", { count: foe.count, name: foe.name })}</strong>
          </li>
        ))}
      </ul>
      <p>
        {t("encounter-line", {
          distance: t(`distance-${encounter.distance}`),
          attitude: t(`attitude-${encounter.attitude}`),
        })}
      </p>
      {encounter.surprised === "none" ? null : <p class="big-note">{t(`log-surprised-${encounter.surprised}`)}</p>}
      <p class="dim small">
        {t(`encounter-hint-${encounter.attitude}`)} <Clock endsAt={encounter.endsAt} />
      </p>
    </section>
  );
}
