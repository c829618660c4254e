/** What a player sees when the operator restores a backup under their feet. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { buildIfStale } from "../../tools/build_web.ts";
import { goldbox } from "../kit/goldbox.ts";
import { startServer } from "../kit/server.ts";
import { launchBrowser, visit } from "./browser.ts";
import { createCharacter, createWorld, enter, enterWorld, verb } from "./player.ts";
import { press, settled } from "./playthrough.ts";

Deno.test({
  name: "after a restore the page says so, stands where the backup stood, drops what was not sent, and plays on",
  sanitizeOps: false, // playwright keeps a pipe to the browser open until it has ended
  sanitizeResources: false,
  async fn() {
    await buildIfStale();
    const data = await Deno.makeTempDir({ prefix: "goldbox-restored-" });
    let server = await startServer({ data, env: { GOLDBOX_LOG_LEVEL: "error" } });
    const browser = await launchBrowser();
    try {
      const { page, complaints } = await visit(browser, server.url);
      await enter(page, "Ada");
      await createWorld(page, "Ash Hollow");
      await createCharacter(page, "Aldric", "Fighter");
      await enterWorld(page);
      const start = await facing(page);
      const made = await goldbox(data, ["backup", "create"]);
      assertEquals(made.code, 0, made.err);
      assert(await press(page, "Turn left"));
      assert(await facing(page) !== start);

      await server.stop();
      // Two more that are never sent: the first has no answer, the second waits behind it.
      for (let time = 0; time < 2; time++) await verb(page, "Turn left").click({ force: true });
      const backup = /goldbox-\d{8}T\w+\.kv/.exec(made.out)?.[0] ?? "";
      const restored = await goldbox(data, ["backup", "restore", backup]);
      assertEquals(restored.code, 0, restored.err);
      server = await startServer({ data, port: server.port, env: { GOLDBOX_LOG_LEVEL: "error" } });

      await page.getByText("The world was restored to an earlier hour").first().waitFor();
      await settled(page);
      assertEquals(await facing(page), start, "nothing of the lost history was done again");
      assert(await press(page, "Turn left"));
      assert(await facing(page) !== start);
      assertEquals(complaints, []);
    } finally {
      await browser.close();
      await server.stop();
      await Deno.remove(data, { recursive: true });
    }
  },
});

/** Where the party stands and looks, as the area map tells it to somebody who cannot see. */
async function facing(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Area map", exact: true }).click();
  const place = await page.getByRole("dialog").getByRole("img").first().getAttribute("aria-label");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  return place ?? "";
}
