import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Game } from "../state/game.ts";
import type { Store } from "../state/store.ts";
import type { Icons } from "./icons.ts";

export interface AppValue {
  readonly store: Store;
  readonly icons: Icons;
}

export const AppContext = createContext<AppValue | null>(null);

export function useApp(): AppValue {
  const value = useContext(AppContext);
  if (value === null) throw new Error("Cannot draw a screen outside the app");
  return value;
}

export function useStore(): Store {
  return useApp().store;
}

/** The world on the screen; only parts of the play screen call this. */
export function useGame(): Game {
  const game = useApp().store.game.value;
  if (game === null) throw new Error("Cannot draw a part of the play screen while no world is open");
  return game;
}
