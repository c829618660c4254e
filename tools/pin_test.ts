import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { documentConfig } from "../host/config.ts";

const ROOT = new URL("../", import.meta.url);

function read(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}

Deno.test("the version of Deno is pinned in .deno-version, and every other place agrees", async () => {
  const version = (await read(".deno-version")).trim();
  assertMatch(version, /^\d+\.\d+\.\d+$/);

  for (const path of ["README.md", "Dockerfile"]) {
    const named = [...(await read(path)).matchAll(/deno[@:](\d+\.\d+\.\d+)/g)].map((match) => match[1]);
    assertEquals([path, named.length > 0, named.filter((one) => one !== version)], [path, true, []]);
  }
  assertStringIncludes(await read(".ci/run"), "version=$(cat .deno-version)");
});

Deno.test("docs/CONFIGURATION.md holds the table that `config doc` prints", async () => {
  assertStringIncludes(await read("docs/CONFIGURATION.md"), documentConfig());
});
