import { memoryCells } from "./memory_cells.ts";
import type { Store } from "./ports.ts";
import { createStore } from "./store.ts";

/** A store in memory behind the same port, with the same limits: for simulations and tests. Nothing survives it. */
export function memoryStore(): Store {
  return createStore(memoryCells());
}
