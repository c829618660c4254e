import type { Character } from "../engine/types/creature.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { Change, Json } from "../kv/ports.ts";

/** Sheets that go back to their owners' rosters: only the world a character is away in may write it, so no check is needed. */
export function homecoming(events: readonly WorldEvent[]): readonly Change[] {
  return events.flatMap((event) =>
    event.type === "CharacterLeft"
      ? [{
        type: "character",
        account: event.sheet.account,
        id: event.character,
        value: { id: event.character, sheet: sheetJson(event.sheet) },
      }]
      : []
  );
}

/** Sheets are plain records; the compiler cannot see that their members are JSON. */
export function sheetJson(sheet: Character): Json {
  return sheet as object as Json;
}
