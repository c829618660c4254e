/** Something that must never be false was: the one world it concerns is frozen before it can write anything more. */
export class AssertionFailed extends Error {
  override readonly name = "AssertionFailed";

  constructor(what: string) {
    super(`Assertion failed: ${what}`);
  }
}

/** Short text of whatever was thrown, for logs. */
export function faultText(fault: unknown): string {
  return fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
}
