import { assert, assertEquals } from "@std/assert";
import { createAgenda } from "./agenda.ts";
import { rangesOf, readRanges } from "./reproduce.ts";
import { runSeed } from "./run.ts";
import { shrink } from "./shrink.ts";

Deno.test("two runs of one seed give the same trace, byte for byte, whatever happens in it", async () => {
  // Small rules, the real ones, a long log, a restored backup, a world taken in.
  for (const seed of [3, 39, 7, 12, 49]) {
    const one = await runSeed({ seed, steps: 40, tracing: true });
    const two = await runSeed({ seed, steps: 40, tracing: true });

    assert(one.trace.length > 50, "a run leaves a trace");
    assertEquals(two.trace.join("\n"), one.trace.join("\n"));
  }
});

Deno.test("an agenda runs what falls due in order of time, and equal times in order of the calls", async () => {
  const agenda = createAgenda();
  const ran: string[] = [];
  const note = (what: string) => () => void ran.push(`${what}@${agenda.now}`);

  for (const [ms, what] of [[30, "c"], [10, "a"], [30, "d"], [10, "b"], [20, "never"]] as const) {
    const takeBack = agenda.after(ms, note(what));
    if (what === "never") takeBack();
  }
  agenda.after(10, () => agenda.after(5, note("inner")));
  await agenda.run(30, () => false);

  assertEquals(ran, ["a@10", "b@10", "inner@15", "c@30", "d@30"]);
});

Deno.test("shrink() leaves only what is needed for the failure", async () => {
  const all = Array.from({ length: 50 }, (_, i) => i);

  const left = await shrink(all, (part) => Promise.resolve(part.includes(7) && part.includes(31)));

  assertEquals(left, [7, 31]);
});

Deno.test("steps are written as ranges and read again", () => {
  const numbers = [1, 2, 3, 7, 9, 10];

  assertEquals(rangesOf(numbers), "1-3,7,9-10");
  assertEquals([...readRanges(rangesOf(numbers))], numbers);
  assertEquals([readRanges("none").size, rangesOf([])], [0, "none"]);
});
