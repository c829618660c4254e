import { useGame } from "./context.ts";
import { Dialog, Icon } from "./ui.tsx";

/** The numbered menu: digits choose a line, focus shows on the map whom a line is about. */
export function MenuLayer() {
  const game = useGame();
  const menu = game.menu.value;
  if (menu === null) return null;
  function close(): void {
    game.menu.value = null;
    game.focus.value = null;
  }
  return (
    <Dialog title={menu.title} onClose={close} class="menu">
      <ol class="menu-lines">
        {menu.lines.map((line, i) => (
          <li key={i}>
            <button
              type="button"
              class="menu-line"
              data-first={i === 0 ? "" : undefined}
              aria-keyshortcuts={i < 9 ? String(i + 1) : undefined}
              onFocus={() => game.focus.value = line.about ?? null}
              onPointerEnter={() => game.focus.value = line.about ?? null}
              onClick={() => {
                close();
                line.run();
              }}
            >
              <kbd aria-hidden="true">{i < 9 ? i + 1 : ""}</kbd>
              {line.icon === undefined ? null : <Icon name={line.icon} />}
              <span class="menu-text">
                <span>{line.label}</span>
                {line.detail === undefined || line.detail === "" ? null : <span class="dim">{line.detail}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
