import { render } from "preact";
import { App } from "./screens/app.tsx";
import { AppContext } from "./parts/context.ts";
import { loadIcons } from "./parts/icons.ts";
import { takeLane } from "./net/lane.ts";
import { createStore } from "./state/store.ts";

function main(): void {
  const place = document.getElementById("app");
  if (place === null) throw new Error("Cannot start as the page has no #app");
  const invite = /^\/i\/([A-Za-z0-9_.-]+)$/.exec(location.pathname)?.[1];
  const store = createStore({
    socketUrl: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`,
    lane: () => takeLane(navigator.locks),
    ...(invite === undefined ? {} : { invite }),
  });
  const icons = loadIcons(
    document.querySelector('meta[name="goldbox-icons"]')?.getAttribute("content") ?? "/icons.json",
  );
  render(
    <AppContext.Provider value={{ store, icons }}>
      <App />
    </AppContext.Provider>,
    place,
  );
  store.start();
}

main();
