/** Back tomorrow, from another browser, exactly where one was. By accessible names only. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { buildIfStale } from "../../tools/build_web.ts";
import { startServer } from "../kit/server.ts";
import { launchBrowser, visit } from "./browser.ts";
import { faultsOf, picture, sideways } from "./look.ts";
import { createCharacter, createWorld, enter, enterWorld } from "./player.ts";
import { press, settled } from "./playthrough.ts";

Deno.test({
  name: "a guest comes back from another browser by the return key, after a restart, to the same world and place",
  sanitizeOps: false, // playwright keeps a pipe to the browser open until it has ended
  sanitizeResources: false,
  async fn() {
    await buildIfStale();
    const data = await Deno.makeTempDir({ prefix: "goldbox-return-" });
    let server = await startServer({ data, env: { GOLDBOX_LOG_LEVEL: "error" } });
    const browser = await launchBrowser();
    try {
      const first = await visit(browser, server.url);
      await enter(first.page, "Ada");
      const key = await takeKey(first.page);
      await createWorld(first.page, "Ash Hollow");
      await createCharacter(first.page, "Aldric", "Fighter");
      await enterWorld(first.page);
      const start = await placeOf(first.page);
      assert(await press(first.page, "Turn about"));
      const before = await placeOf(first.page);
      assert(before !== start, "the party has turned");
      const world = new URL(first.page.url()).searchParams.get("world");
      await first.context.close();
      await server.stop();
      server = await startServer({ data, env: { GOLDBOX_LOG_LEVEL: "error" } });

      const second = await visit(browser, server.url, "phone");
      await second.page.getByText("I have a return key").click();
      await second.page.getByLabel("Return key", { exact: true }).fill("0000-0000-0000-0000-0000-0000-0000");
      await second.page.getByRole("button", { name: "Come back" }).click();
      await second.page.getByRole("alert").filter({ hasText: "opens no door" }).waitFor();
      assertEquals(await faultsOf(second.page), []);
      assertEquals(await sideways(second.page), 0);
      await picture(second.page, "phone-return");
      await second.page.getByLabel("Return key", { exact: true }).fill(key.toLowerCase().replaceAll("-", " "));
      await second.page.getByRole("button", { name: "Come back" }).click();
      await second.page.getByText("Welcome, Ada.").waitFor();
      await second.page.getByRole("button", { name: "Continue Ash Hollow" }).click();
      await second.page.getByRole("navigation", { name: "What you can do" }).waitFor();
      await settled(second.page);

      assertEquals(await placeOf(second.page), before);
      assertEquals(new URL(second.page.url()).searchParams.get("world"), world);
      await second.page.getByRole("region", { name: "Party" }).getByRole("button", { name: /^Aldric\b/ }).waitFor();
      assert(await press(second.page, "Turn about"), "the character is the returned player's own");
      assertEquals(await placeOf(second.page), start);
      assertEquals([...first.complaints, ...second.complaints], []);
    } finally {
      await browser.close();
      await server.stop();
      await Deno.remove(data, { recursive: true });
    }
  },
});

/** Makes a return key twice; the second is the one that is good. */
async function takeKey(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Play on another device" }).click();
  const dialog = page.getByRole("dialog", { name: "Play on another device" });
  await dialog.getByRole("button", { name: "Make a return key" }).click();
  const shown = dialog.getByLabel("Your return key");
  const old = await shown.innerText();
  await dialog.getByRole("button", { name: "Make another key" }).click();
  await shown.filter({ hasNotText: old }).waitFor();
  const key = await shown.innerText();
  assertMatch(key, /^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await dialog.getByRole("button", { name: "Copy the key" }).click();
  await dialog.getByText("Copied.").waitFor();
  assertEquals(await page.evaluate(() => navigator.clipboard.readText()), key);
  assertEquals(await faultsOf(page), []);
  await picture(page, "desk-return-key");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  return key;
}

/** Level, cell and facing, as the area map tells them to somebody who cannot see it. */
async function placeOf(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Area map", exact: true }).click();
  const place = await page.getByRole("dialog").getByRole("img").first().getAttribute("aria-label");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  return place ?? "";
}
