import { assertEquals } from "@std/assert";
import { connectionLimit, memoryLimit } from "./limits.ts";

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units
Max processes             96365                96365                processes
Max open files            120                  20000                files
`;

const unknown = () => undefined;

function forbidden(): never {
  throw new Deno.errors.NotCapable("Requires read access");
}

Deno.test("connectionLimit() keeps 64 descriptors of the limit, and takes what was asked for where that is less or unknown", () => {
  assertEquals(connectionLimit(10_000, () => LIMITS, unknown), 56);
  assertEquals(connectionLimit(50, () => LIMITS, unknown), 50);
  assertEquals(connectionLimit(10_000, () => LIMITS.replace("120 ", "60  "), unknown), 8);
  assertEquals(connectionLimit(10_000, () => LIMITS.replace("120      ", "unlimited"), unknown), 10_000);
  assertEquals(connectionLimit(10_000, forbidden, unknown), 10_000);
});

Deno.test("connectionLimit() goes by the files that can be opened where the limit cannot be read", () => {
  assertEquals(connectionLimit(10_000, forbidden, () => 1_000), 936);
  assertEquals(connectionLimit(500, forbidden, (enough) => enough), 500);
  assertEquals(connectionLimit(10_000, forbidden, () => 20), 8);
});

Deno.test("memoryLimit() takes what was asked for, else the control group's limit, else none", () => {
  assertEquals(memoryLimit(512, () => "1073741824\n"), 512 * 1_048_576);
  assertEquals(memoryLimit(0, () => "1073741824\n"), 1_073_741_824);
  assertEquals(memoryLimit(0, () => "max\n"), 0);
  assertEquals(memoryLimit(0, forbidden), 0);
});
