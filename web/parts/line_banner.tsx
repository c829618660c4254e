import { t } from "../text/text.ts";
import { useStore } from "./context.ts";

/** Says when the line is down, or why the server lets us wait; both mend themselves, nobody has to press anything. */
export function LineBanner() {
  const { phase } = useStore().line.value;
  const why = useStore().held.value;
  if (phase === "live" || phase === "idle") {
    if (why === "") return null;
    return (
      <div class="line-banner held" role="status">
        <span class="line-dot" aria-hidden="true" />
        {t("line-held", { why })}
      </div>
    );
  }
  if (phase === "connecting" && useStore().screen.value === "loading") return null;
  return (
    <div class={`line-banner ${phase}`} role="status">
      <span class="line-dot" aria-hidden="true" />
      {t(`line-${phase}`)}
    </div>
  );
}
