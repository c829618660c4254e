/** What a long run of the simulation says of itself. */
import { writeSection } from "../../kit/section.ts";
import { findPlant, PLANT_NAMES } from "./find_plants.ts";

export interface Figures {
  readonly seeds: number;
  readonly steps: number;
  readonly seconds: number;
  readonly acknowledged: number;
  readonly starts: number;
  /** Ms of virtual time. */
  readonly lasted: number;
  readonly failed: number;
}

export function sentence(figures: Figures): string {
  return `in ${figures.seconds.toFixed(1)} s ${result(figures)}`;
}

/** What the same seeds give on every machine. */
function result({ seeds, steps, acknowledged, starts, lasted, failed }: Figures): string {
  return `${seeds} seeds of ${steps} steps: ${acknowledged} commands acknowledged, ` +
    `${starts} starts of the server, ${(lasted / 3_600_000).toFixed(1)} hours of play, ${failed} failed`;
}

/** Finds every planted fault once more and writes all figures into the page about reliability. */
export async function writeFigures(figures: Figures, from: number): Promise<void> {
  const rows: string[] = [];
  for (const plant of PLANT_NAMES) {
    const found = await findPlant(plant, figures.steps);
    rows.push(`| \`${plant}\` | ${found?.seed ?? "not found"} | ${found?.broken.promise ?? ""} |`);
  }
  const text = `
${result(figures)}.

Faults planted one at a time, each in a wrapper around cells, store, rules, clock, dispatcher or host (\`tests/simulation/server/plants.ts\`):

| planted fault | found at seed | promise seen broken |
| --- | --- | --- |
${rows.join("\n")}
`;
  const command = `deno task sim --seeds ${from}..${from + figures.seeds - 1} --steps ${figures.steps} --write`;
  await writeSection({ name: "simulation", title: "Simulation", command, text });
}
