/** The store's door. Only `main.ts`, `cli/` and tests open one; everything else takes the port's types. */
export { openStore } from "./open.ts";
export type { MigrationAhead, OpenOptions, OpenStore } from "./open.ts";
export { readStoreForm, type StoreForm } from "./store_form.ts";
export { dataPaths } from "./directory.ts";
export { openReserve } from "./reserve.ts";
export { whereItLies } from "./whereabouts.ts";
export { memoryStore } from "./memory_store.ts";
export { DamagedRecord, DirectoryUnusable, StoreCorrupt, StoreNewer, StoreOwned, StoreRefused } from "./errors.ts";
export type * from "./ports.ts";
