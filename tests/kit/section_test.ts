import { assert, assertEquals } from "@std/assert";
import { insert, writeSection } from "./section.ts";

Deno.test("insert() replaces its own block and leaves what others wrote", () => {
  const page = "# Page\n\nWords.\n";
  const one = insert(page, { name: "one", title: "One" }, "<!-- generated: one -->\nold\n<!-- end: one -->");
  const two = insert(one, { name: "two", title: "Two" }, "<!-- generated: two -->\nkept\n<!-- end: two -->");
  const again = insert(two, { name: "one", title: "Renamed" }, "<!-- generated: one -->\nnew\n<!-- end: one -->");

  assertEquals(again, two.replace("old", "new"));
  assert(again.startsWith("# Page\n\nWords.\n\n## One\n"));
});

Deno.test("writeSection() writes text, command and machine into a page that deno fmt accepts", async () => {
  const page = await Deno.makeTempFile({ suffix: ".md" });

  await writeSection(
    { name: "x", title: "X", command: "deno task x --kills 2", text: "| a | b |\n|-|-|\n| 1 | 2 |" },
    page,
  );
  const written = await Deno.readTextFile(page);
  const { code } = await new Deno.Command(Deno.execPath(), { args: ["fmt", "--check", page], stderr: "null" }).output();
  await Deno.remove(page);

  assert(
    written.includes("`deno task x --kills 2`") && written.includes(Deno.version.deno) && written.includes("| 1 | 2 |"),
  );
  assertEquals(code, 0);
});
