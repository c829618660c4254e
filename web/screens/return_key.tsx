import { useRef, useState } from "preact/hooks";
import { textOf } from "../net/json.ts";
import { useStore } from "../parts/context.ts";
import { Button, Dialog, Fault } from "../parts/ui.tsx";
import { t } from "../text/text.ts";

/** The second door: by a key that another browser has shown. */
export function ReturnForm() {
  const store = useStore();
  const [key, setKey] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  async function comeBack(): Promise<void> {
    if (key.trim() === "") {
      setFault(t("fault-return-key"));
      return;
    }
    setBusy(true);
    setFault(await store.comeBack(key.trim()));
    setBusy(false);
  }
  return (
    <details class="title-return">
      <summary>{t("return-have")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) comeBack();
        }}
      >
        <label for="return-key">{t("return-key")}</label>
        <input
          id="return-key"
          value={key}
          maxLength={100}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        {fault === "" ? null : <Fault text={fault} />}
        <Button label={t("return-enter")} type="submit" disabled={busy} onClick={() => {}} />
      </form>
    </details>
  );
}

/** Makes and shows the key by which this player comes back from elsewhere. Asks first: a new key ends the one before. */
export function ReturnKeyDialog(props: { readonly onClose: () => void }) {
  const store = useStore();
  const shown = useRef<HTMLOutputElement>(null);
  const [key, setKey] = useState("");
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  async function make(): Promise<void> {
    setBusy(true);
    const result = await store.ask("session.returnKey", {});
    setBusy(false);
    setTold("");
    if (result === undefined) return;
    store.fault.value = "";
    setKey(textOf(result["key"]));
  }
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(key);
      setTold(t("return-copied"));
    } catch {
      // Without https a page may not write to the clipboard: the player copies what is selected.
      if (shown.current !== null) getSelection()?.selectAllChildren(shown.current);
      setTold(t("return-copy-by-hand"));
    }
  }
  return (
    <Dialog title={t("return-title")} onClose={props.onClose}>
      <p>{t("return-how")}</p>
      <p>{t("return-warning")}</p>
      {key === "" ? null : (
        <div key="shown">
          <label for="return-key-shown">{t("return-yours")}</label>
          <output id="return-key-shown" class="return-key" ref={shown}>{key}</output>
          <Button label={t("return-copy")} kind="main" onClick={copy} />
          <p role="status">{told}</p>
        </div>
      )}
      {store.fault.value === "" ? null : <Fault text={store.fault.value} />}
      <Button
        key="make"
        label={key === "" ? t("return-make") : t("return-make-another")}
        kind={key === "" ? "main" : "quiet"}
        disabled={busy}
        onClick={make}
      />
    </Dialog>
  );
}
