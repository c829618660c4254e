/** Shows what a seed makes: `deno run tools/print_levels.ts [seed] [how many]`, maps with thin walls and who lives where. */
import { rngAt } from "../engine/core/rng.ts";
import { generateLevels } from "../engine/pcg/mod.ts";
import { printLegend, printLevel } from "../engine/pcg/print.ts";

const [first = 1, count = 1] = Deno.args.map(Number);
for (let seed = first; seed < first + count; seed += 1) {
  const { levels, quests } = generateLevels(rngAt(seed.toString(16).padStart(32, "0"), "area"), {
    difficulty: "normal",
  });
  for (const level of levels) console.log(`${printLevel(level)}\n\n${printLegend(level)}\n`);
  for (const quest of quests) console.log(`${quest.title}: ${quest.text}`);
}
