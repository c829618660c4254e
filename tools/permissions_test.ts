import { assertEquals, assertStringIncludes } from "@std/assert";
import { serveCommand } from "../tests/kit/server.ts";

const read = (path: string) => Deno.readTextFile(new URL(`../${path}`, import.meta.url));
const config: { readonly tasks: { readonly start: { readonly command: string } }; readonly permissions: Granted } = JSON
  .parse(await read("deno.json"));

interface Granted {
  readonly server: { readonly net: true; readonly env: true; readonly read: string[]; readonly write: string[] };
}

/** What may be read beside the data directory: the build, the languages, and where containers put secrets. */
const READ = ["dist", "locales", "/run/secrets"];

Deno.test("the set `server`, the start task, the pages and the tests give a server the same permissions", async () => {
  const { server } = config.permissions;
  assertEquals(server, {
    net: true,
    env: true,
    read: ["./data", "./dist", "./locales", "/run/secrets"],
    write: ["./data"],
  });

  const flags = (data: string) => `--allow-read=${READ.join(",")},${data}`;
  assertStringIncludes(config.tasks.start.command, `--allow-net --allow-env "${flags("$DATA")}" "--allow-write=$DATA"`);
  assertStringIncludes(
    await read("docs/CONFIGURATION.md"),
    `--allow-net --allow-env ${flags("DIRECTORY")} --allow-write=DIRECTORY`,
  );
  const root = new URL("../", import.meta.url).pathname;
  assertEquals(serveCommand("/data").slice(2, -2).map((flag) => flag.replaceAll(root, "")), [
    "--no-prompt",
    "--allow-net",
    "--allow-env",
    flags("/data"),
    "--allow-write=/data",
  ]);
});

Deno.test("the container serves and looks at its health with the set `server`", async () => {
  const file = await read("Dockerfile");
  assertStringIncludes(file, `CMD ["run", "-P=server", "--no-prompt", "main.ts", "serve"]`);
  assertStringIncludes(file, `CMD ["deno", "run", "-P=server", "--no-prompt", "main.ts", "healthcheck"]`);
});
