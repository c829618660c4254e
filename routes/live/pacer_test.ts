import { assertEquals } from "@std/assert";
import { Pacer } from "./pacer.ts";

/** An event loop that turns when told. */
function scene() {
  let planned: (() => void)[] = [];
  const begun: number[] = [];
  const pacer = new Pacer({ soon: (run) => planned.push(run) }, 8);
  return {
    begun,
    pacer,
    come(from: number, to: number) {
      for (let i = from; i < to; i++) pacer.run(() => begun.push(i));
    },
    /** How much was planned for this turn. */
    turn() {
      const now = planned;
      planned = [];
      for (const run of now) run();
      return now.length;
    },
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

Deno.test("Pacer begins a few at once and the others in the turns after, all in the order in which they came", () => {
  const { begun, pacer, come, turn } = scene();

  come(0, 20);
  assertEquals([begun, pacer.waiting], [upTo(8), 12]);
  turn();
  come(20, 22);
  assertEquals([begun, pacer.waiting], [upTo(16), 6]);
  turn();

  assertEquals([begun, pacer.waiting], [upTo(22), 0]);
});

Deno.test("Pacer begins a single piece at once, and plans nothing more when all is done", () => {
  const { begun, come, turn } = scene();

  come(0, 1);
  assertEquals(begun, [0]);
  assertEquals([turn(), turn()], [1, 0]);
  come(1, 12);
  assertEquals(begun, upTo(9));
  while (turn() > 0);

  assertEquals(begun, upTo(12));
});

Deno.test("Pacer lets what is begun ask for a turn of its own", async () => {
  const { pacer, come, turn } = scene();
  const order: string[] = [];
  come(0, 8);
  pacer.run(() => {
    order.push("first");
    pacer.run(() => order.push("third"));
  });
  const second = pacer.turn().then(() => order.push("second"));

  while (turn() > 0) await Promise.resolve();
  await second;

  assertEquals(order.toSorted(), ["first", "second", "third"]);
  assertEquals(pacer.waiting, 0);
});
