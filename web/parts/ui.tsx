import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../text/text.ts";
import { useApp } from "./context.ts";

export function Icon(props: { readonly name: string; readonly class?: string }) {
  const path = useApp().icons.value.get(props.name);
  return (
    <svg class={`icon ${props.class ?? ""}`} viewBox="0 0 512 512" aria-hidden="true" focusable="false">
      {path === undefined ? <circle cx="256" cy="256" r="120" /> : <path d={path} />}
    </svg>
  );
}

/** A character's or foe's picture: icon on its colours, in a frame. */
export function Portrait(
  props: { readonly icon: string; readonly colours: readonly [string, string]; readonly class?: string },
) {
  return (
    <span
      class={`portrait ${props.class ?? ""}`}
      style={{ "--main": props.colours[0], "--ground": props.colours[1] }}
    >
      <Icon name={props.icon} />
    </span>
  );
}

export function Button(
  props: {
    readonly label: string;
    readonly onClick: () => void;
    readonly icon?: string;
    readonly hotkey?: string;
    readonly disabled?: boolean;
    readonly why?: string | undefined;
    readonly kind?: "main" | "plain" | "quiet";
    readonly pressed?: boolean;
    readonly type?: "button" | "submit";
  },
) {
  const off = props.disabled === true;
  return (
    <button
      type={props.type ?? "button"}
      class={`button ${props.kind ?? "plain"}`}
      aria-disabled={off}
      aria-pressed={props.pressed}
      title={off && props.why !== undefined ? props.why : undefined}
      onClick={() => {
        if (!off) props.onClick();
      }}
    >
      {props.icon === undefined ? null : <Icon name={props.icon} />}
      <span>{props.label}</span>
      {props.hotkey === undefined ? null : <kbd aria-hidden="true">{props.hotkey}</kbd>}
    </button>
  );
}

/** A framed sheet over the play screen. Focus goes in and comes back; Escape closes. */
export function Dialog(
  props: {
    readonly title: string;
    readonly onClose: () => void;
    readonly children: ComponentChildren;
    readonly wide?: boolean;
    readonly class?: string;
  },
) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const first = box.current?.querySelector<HTMLElement>("[data-first]") ?? box.current?.querySelector("button");
    (first instanceof HTMLElement ? first : box.current)?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [props.title]);
  return (
    <div class="veil" onClick={(event) => event.target === event.currentTarget && props.onClose()}>
      <div
        ref={box}
        class={`dialog frame ${props.wide === true ? "wide" : ""} ${props.class ?? ""}`}
        role="dialog"
        aria-modal="true"
        aria-label={props.title}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.stopPropagation();
            props.onClose();
          } else if (event.key === "Tab") keepFocus(event, box.current);
        }}
      >
        <header class="dialog-head">
          <h2>{props.title}</h2>
          <Button label={t("close")} kind="quiet" onClick={props.onClose} hotkey="Esc" />
        </header>
        <div class="dialog-body" tabIndex={0}>{props.children}</div>
      </div>
    </div>
  );
}

function keepFocus(event: KeyboardEvent, box: HTMLElement | null): void {
  if (box === null) return;
  const inside = [...box.querySelectorAll<HTMLElement>("button, input, select, textarea, a[href], [tabindex='0']")];
  const first = inside[0];
  const last = inside[inside.length - 1];
  if (event.shiftKey && document.activeElement === first && last !== undefined) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last && first !== undefined) {
    event.preventDefault();
    first.focus();
  }
}

/** Hit points as a bar with its numbers; the words carry the state, the colour only helps. */
export function HpBar(props: { readonly hp: number; readonly maxHp: number; readonly tempHp?: number }) {
  const share = props.maxHp === 0 ? 0 : Math.max(0, Math.min(1, props.hp / props.maxHp));
  const state = share > 0.5 ? "well" : share > 0.25 ? "hurt" : "low";
  return (
    <span class={`hp ${state}`}>
      <span class="hp-fill" style={{ width: `${Math.round(share * 100)}%` }} />
      <span class="hp-text">
        {t("hp-of", { hp: props.hp, max: props.maxHp })}
        {(props.tempHp ?? 0) > 0 ? ` +${props.tempHp}` : ""}
      </span>
    </span>
  );
}

export function Fault(props: { readonly text: string }) {
  return <p class="fault" role="alert">{props.text}</p>;
}
