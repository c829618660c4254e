/** From the first step to the last die: a host ends a world by its menu, and a player checks its dice in the browser. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { buildIfStale } from "../../tools/build_web.ts";
import { startServer } from "../kit/server.ts";
import { launchBrowser, visit } from "./browser.ts";
import { faultsOf, picture, sideways } from "./look.ts";
import { createCharacter, createWorld, enter, enterWorld } from "./player.ts";
import { can, fightByQuick, modeOf, press } from "./playthrough.ts";

const WAYS = [
  "Light a torch",
  "Take what is here",
  "Open the door",
  "Bash the door",
  "Explore onward",
  "Go to the stairs",
  "Take the stairs",
];

Deno.test({
  name: "a world is ended by its host, and anybody in it checks the dice: all of them, or the first that was changed",
  sanitizeOps: false, // playwright keeps a pipe to the browser open until it has ended
  sanitizeResources: false,
  async fn() {
    await buildIfStale();
    const data = await Deno.makeTempDir({ prefix: "goldbox-dice-" });
    const server = await startServer({ data, env: { GOLDBOX_LOG_LEVEL: "error", GOLDBOX_RATE_LIMITS: "off" } });
    const browser = await launchBrowser();
    try {
      const { page, context, complaints } = await visit(browser, server.url);
      await enter(page, "Ada");
      await createWorld(page, "Ash Hollow");
      for (const [name, kind] of [["Aldric", "Fighter"], ["Brianna", "Cleric"]] as const) {
        await createCharacter(page, name, kind);
      }
      await enterWorld(page);
      await press(page, "Turn about");
      await playOneFight(page);
      await endWorld(page, "Ash Hollow");

      await page.getByRole("heading", { name: "Ash Hollow has ended" }).waitFor();
      await looksWell(page, "desk-ended");
      const main = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      assertEquals(
        main.filter((name) => name.includes("/dice-")),
        [],
        "the engine is not loaded before it is asked for",
      );
      await page.getByRole("button", { name: "Check the dice" }).click();
      const verdict = page.getByRole("status").filter({ hasText: "follow from the seed" });
      await verdict.waitFor({ timeout: 60_000 });
      assertMatch(await verdict.innerText(), /^All [\d,]+ dice rolls follow from the seed/);
      const steps = await page.getByRole("listitem").allInnerTexts();
      assertEquals(steps.map((step) => step.includes("✔")), [true, true, true, true], steps.join("\n"));
      assertMatch(steps.join(" "), /This browser noted the same hash/);
      await looksWell(page, "desk-dice");

      await page.getByRole("button", { name: "Back to the worlds" }).click();
      await page.getByText("ended · Ada").waitFor();
      const home = page.getByRole("button", { name: "Check the dice of Ash Hollow" });
      await home.waitFor();
      await looksWell(page, "desk-worlds-ended");

      // Somebody between this browser and its server changes one entry of the log.
      await page.routeWebSocket(/\/ws/, (line) => {
        const far = line.connectToServer();
        line.onMessage((message) => far.send(message));
        far.onMessage((message) =>
          line.send(
            String(message).includes(`"entries":[`)
              ? String(message).replace(`"type":"PartyTurned","facing":"`, `"type":"PartyTurned","facing":"north`)
              : message,
          )
        );
      });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.reload();
      await home.waitFor();
      await looksWell(page, "phone-worlds-ended");
      await home.click();
      const foul = page.getByRole("status").filter({ hasText: "The dice do not follow from the seed" });
      await foul.waitFor({ timeout: 60_000 });
      assert(await page.getByText(/^Entry \d+, event \d+: PartyTurned \/facing$/).isVisible());
      await looksWell(page, "phone-dice-foul");
      assertEquals(complaints, []);
      await context.close();
    } finally {
      await browser.close();
      await server.stop();
      await Deno.remove(data, { recursive: true });
    }
  },
});

/** Walks until there is a fight, and fights it. */
async function playOneFight(page: Page): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    const mode = await modeOf(page);
    if (mode === "battle") return await fightByQuick([page]);
    if (mode === "encounter") await press(page, "Combat");
    else {
      for (const way of WAYS) if (await can(page, way) && await press(page, way)) break;
    }
  }
}

async function endWorld(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "World", exact: true }).click();
  const menu = page.getByRole("dialog");
  await menu.getByRole("button", { name: "End this world…" }).click();
  const typed = menu.getByLabel(`To end it, type its name: ${name}`);
  const sure = menu.getByRole("button", { name: "End it for good" });
  await typed.fill("Ash hollow");
  assertEquals(await sure.getAttribute("aria-disabled"), "true");
  await typed.fill(name);
  await looksWell(page, "desk-end-world");
  await sure.click();
}

async function looksWell(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => document.fonts.status === "loaded");
  assertEquals(await faultsOf(page), []);
  assertEquals(await sideways(page), 0);
  await picture(page, name);
}
