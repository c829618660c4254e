import { worldIndex } from "./0002_world_index.ts";
import type { StoreMigration } from "./migration.ts";

/** The form the first released store had; nothing leads to it. */
export const FIRST_SCHEMA = 1;

/** Every step of the store's form, oldest first. */
export const STORE_MIGRATIONS: readonly StoreMigration[] = [worldIndex];

/** Number of the newest form of keys and accounts: what this version writes. */
export const STORE_SCHEMA = newest(STORE_MIGRATIONS);

/** The number the series ends at. Throws RangeError when one is missing or stands twice. */
export function newest(series: readonly Pick<StoreMigration, "to">[], first = FIRST_SCHEMA): number {
  series.forEach(({ to }, i) => {
    if (to !== first + 1 + i) {
      throw new RangeError(
        `Cannot use the migrations as number ${first + 1 + i} must come next: current value is ${to}`,
      );
    }
  });
  return first + series.length;
}
