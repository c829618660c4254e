import { moveVerbs, type Verb, verbsOf } from "../state/verbs/mod.ts";
import { t } from "../text/text.ts";
import { useGame } from "./context.ts";
import { Icon } from "./ui.tsx";

const KEY_NAMES: Readonly<Record<string, string>> = {
  enter: "↵",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  "alt+q": "Alt Q",
};

/** Exactly what may be done now, one key each. What is greyed says why. */
export function VerbBar() {
  const game = useGame();
  const verbs = verbsOf(game);
  const explore = game.view.value?.mode === "explore";
  return (
    <nav class="verbs" aria-label={t("verbs")}>
      {explore
        ? (
          <div class="cross" role="group" aria-label={t("walk")}>
            {moveVerbs(game).map((verb) => <Key key={verb.id} verb={verb} small />)}
          </div>
        )
        : null}
      <div class="verb-list">{verbs.map((verb) => <Key key={verb.id} verb={verb} />)}</div>
    </nav>
  );
}

function Key(props: { readonly verb: Verb; readonly small?: boolean }) {
  const { verb } = props;
  const why = verb.enabled ? undefined : verb.why;
  const sign = KEY_NAMES[verb.key] ?? verb.key.toUpperCase();
  return (
    <button
      type="button"
      class={`verb verb-${verb.id} ${props.small === true ? "small" : ""}`}
      aria-disabled={!verb.enabled}
      aria-pressed={verb.pressed}
      aria-keyshortcuts={verb.key}
      title={why}
      onClick={() => {
        if (verb.enabled) verb.run();
      }}
    >
      {props.small === true
        ? (
          <>
            <span class="arrow" aria-hidden="true">{sign}</span>
            <span class="unseen">{verb.label}</span>
          </>
        )
        : (
          <>
            {verb.icon === "" ? null : <Icon name={verb.icon} />}
            <span class="verb-label">{verb.label}</span>
            <kbd aria-hidden="true">{sign}</kbd>
          </>
        )}
      {why === undefined ? null : <span class="unseen">{t("verb-greyed", { why })}</span>}
    </button>
  );
}
