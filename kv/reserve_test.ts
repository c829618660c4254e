import { assertEquals } from "@std/assert";
import { dataPaths } from "./directory.ts";
import { freeReserve, openReserve } from "./reserve.ts";
import { whereItLies } from "./whereabouts.ts";

Deno.test("a reserve holds as much as was asked for, gives it back, and is found again by the next run", async () => {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-reserve-" });
  try {
    const paths = dataPaths(directory);
    const reserve = await openReserve(paths);
    assertEquals(reserve.bytes, 0);

    assertEquals(await reserve.grow(3_000_000), true);
    assertEquals(await reserve.grow(1_000), true);
    assertEquals([reserve.bytes, (await Deno.stat(paths.reserve)).size], [3_000_000, 3_000_000]);
    await reserve.shrink(1_000_000);
    assertEquals((await openReserve(paths)).bytes, 1_000_000);
    await reserve.shrink(0);
    await reserve.shrink(0);
    assertEquals([reserve.bytes, await freeReserve(paths)], [0, false]);

    await reserve.grow(10);
    assertEquals(await freeReserve(paths), true);
    assertEquals(await Array.fromAsync(Deno.readDir(directory)), []);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a reserve that cannot grow says so", async () => {
  const parent = await Deno.makeTempDir({ prefix: "goldbox-reserve-" });
  const reserve = await openReserve(dataPaths(`${parent}/gone`));

  assertEquals([await reserve.grow(10), reserve.bytes], [false, 0]);
  await Deno.remove(parent, { recursive: true });
});

Deno.test("whereItLies() tells a file that was moved away, replaced and brought back", async () => {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-where-" });
  try {
    const path = `${directory}/store`;
    await Deno.writeTextFile(path, "first");
    const intact = await whereItLies(path);
    const told = [await intact()];
    await Deno.writeTextFile(path, "written to");
    told.push(await intact());
    await Deno.rename(path, `${path}.away`);
    told.push(await intact());
    await Deno.writeTextFile(path, "another");
    told.push(await intact());
    await Deno.rename(`${path}.away`, path);
    told.push(await intact());

    assertEquals(told, [true, true, false, false, true]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
