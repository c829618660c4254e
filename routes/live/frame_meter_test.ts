import { assertEquals } from "@std/assert";
import { createFrameMeter } from "./frame_meter.ts";

Deno.test("createFrameMeter() lets 80 frames pass at once and 40 a second", () => {
  let now = 0;
  const meter = createFrameMeter({ monotonic: () => now });

  const first = Array.from({ length: 81 }, () => meter.take());
  now += 1_000;
  const second = Array.from({ length: 41 }, () => meter.take());

  assertEquals(first.filter((wait) => wait === 0).length, 80);
  assertEquals(second.filter((wait) => wait === 0).length, 40);
});

Deno.test("createFrameMeter() notices a peer that goes on three times against what it was told", () => {
  const meter = createFrameMeter({ monotonic: () => 0 });
  for (let frame = 0; frame < 81; frame++) meter.take();

  const ignored = [1, 2, 3].map(() => {
    meter.take();
    return meter.ignored();
  });

  assertEquals(ignored, [false, false, true]);
});
