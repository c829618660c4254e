import { useState } from "preact/hooks";
import type { CharacterView } from "../../engine/types/view.ts";
import { useGame } from "../parts/context.ts";
import { Button } from "../parts/ui.tsx";
import { optionsOf } from "../state/verbs/mod.ts";
import { t } from "../text/text.ts";

/** Raising a level: hit points by average or by a roll that is chosen before it is seen; the class's usual choices unless the sheet offers others. */
export function LevelUpForm(props: { readonly one: CharacterView }) {
  const game = useGame();
  const [busy, setBusy] = useState(false);
  const options = optionsOf(game, "LevelUp").filter((option) => option.intent.character === props.one.id);
  async function raise(hp: "average" | "roll"): Promise<void> {
    setBusy(true);
    const listed = options.find((option) => option.intent.hp === hp)?.intent ?? options[0]?.intent;
    await game.act({ ...(listed ?? { type: "LevelUp", character: props.one.id }), hp });
    setBusy(false);
  }
  if (game.view.value?.mode !== "camp") return <p class="level-mark">{t("level-in-camp")}</p>;
  return (
    <div class="actions">
      <Button label={t("level-average")} kind="main" icon="upgrade" disabled={busy} onClick={() => raise("average")} />
      <Button
        label={t("level-roll")}
        icon="perspective-dice-six-faces-random"
        disabled={busy}
        onClick={() => raise("roll")}
      />
    </div>
  );
}
