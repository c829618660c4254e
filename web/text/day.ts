/** A stamp (ms) as a day, `22 November 2026`, in the reader's own zone. */
export function day(at: number): string {
  return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}
