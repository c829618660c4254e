import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../text/text.ts";
import { useGame } from "./context.ts";
import { Button } from "./ui.tsx";

/** What happened, newest below, each result with its dice; and a line to talk on. */
export function LogPanel() {
  const game = useGame();
  const box = useRef<HTMLDivElement>(null);
  const lines = game.log.value;
  useEffect(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  return (
    <section class="log" aria-label={t("log")}>
      <div class="log-lines" ref={box} tabIndex={0} role="log" aria-live="off" aria-label={t("log")}>
        {lines.map((line) => (
          <p key={line.key} class={`log-line ${line.kind}`}>
            <span>{line.text}</span>
            {line.dice === undefined ? null : <span class="dice">{line.dice}</span>}
          </p>
        ))}
      </div>
      <Talk />
    </section>
  );
}

function Talk() {
  const game = useGame();
  const [text, setText] = useState("");
  async function say(): Promise<void> {
    const line = text.trim();
    if (line === "") return;
    setText("");
    await game.act({ type: "Say", text: line });
  }
  return (
    <form
      class="talk"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      <label class="unseen" for="talk-line">{t("talk-label")}</label>
      <input
        id="talk-line"
        value={text}
        maxLength={500}
        placeholder={t("talk-hint")}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <Button label={t("talk-send")} type="submit" kind="quiet" onClick={() => {}} />
    </form>
  );
}
