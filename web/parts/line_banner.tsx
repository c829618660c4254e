import { t } from "../text/text.ts";
import { useStore } from "./context.ts";

/** Says when the line is down; the client comes back by itself, nobody has to press anything. */
export function LineBanner() {
  const { phase } = useStore().line.value;
  if (phase === "live" || phase === "idle") return null;
  if (phase === "connecting" && useStore().screen.value === "loading") return null;
  return (
    <div class={`line-banner ${phase}`} role="status">
      <span class="line-dot" aria-hidden="true" />
      {t(`line-${phase}`)}
    </div>
  );
}
