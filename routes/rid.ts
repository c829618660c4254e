/** Correlation ids for requests that bring none: short, unlikely to repeat, not secret. */
export function createRidMaker(random: () => number): () => string {
  const digits = Array.from({ length: 6 }, () => Math.floor(random() * 36).toString(36)).join("");
  let count = 0;
  return () => `r-${digits}${(count++).toString(36)}`;
}
