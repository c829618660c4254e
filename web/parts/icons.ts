import { type ReadonlySignal, signal } from "@preact/signals";
import { isObject } from "../net/json.ts";

/** Icon paths by name, each drawn on a square of 512. They come after the script, so they are a signal. */
export type Icons = ReadonlySignal<ReadonlyMap<string, string>>;

/** Fetches the baked icons. Without them the game is playable: tokens carry letters, buttons carry words. */
export function loadIcons(url: string): Icons {
  const icons = signal<ReadonlyMap<string, string>>(new Map());
  fetch(url).then((response) => response.json()).then((paths: unknown) => {
    if (!isObject(paths)) return;
    icons.value = new Map(
      Object.entries(paths).flatMap(([name, path]) => typeof path === "string" ? [[name, path] as const] : []),
    );
  }).catch((error: unknown) => console.warn("Cannot load the icons", error));
  return icons;
}
