/** The engine's contract: every room reads its types from here. */
export * from "./area.ts";
export * from "./command.ts";
export * from "./content.ts";
export * from "./creature.ts";
export * from "./event.ts";
export * from "./ids.ts";
export * from "./names.ts";
export * from "./rejection.ts";
export * from "./state.ts";
export * from "./view.ts";
