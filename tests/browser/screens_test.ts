/** Every screen: found by names, free of axe's serious findings, within the window of a desk and of a phone. */
import { assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { buildIfStale } from "../../tools/build_web.ts";
import { type RunningServer, startServer } from "../kit/server.ts";
import { launchBrowser, visit } from "./browser.ts";
import { faultsOf, picture, sideways, smallTargets } from "./look.ts";
import { createCharacter, createWorld, enter, enterWorld } from "./player.ts";
import { can, modeOf, press } from "./playthrough.ts";

const HEROES = [["Aldric", "Fighter"], ["Brianna", "Cleric"], ["Corin", "Thief"], ["Dessa", "Mage"]] as const;
const WAYS = [
  "Light a torch",
  "Take what is here",
  "Open the door",
  "Unlock with the key",
  "Pick the lock",
  "Bash the door",
  "Explore onward",
  "Go to the stairs",
  "Take the stairs",
  "Go to the locked door",
  "Return to the board",
];

Deno.test({
  name: "every screen has names, contrast and room, on a desk and on a phone",
  sanitizeOps: false, // playwright keeps a pipe to the browser open until it has ended
  sanitizeResources: false,
  async fn(test) {
    await buildIfStale();
    const data = await Deno.makeTempDir({ prefix: "goldbox-screens-" });
    const server = await startServer({ data, env: { GOLDBOX_LOG_LEVEL: "error", GOLDBOX_RATE_LIMITS: "off" } });
    const browser = await launchBrowser();
    try {
      for (const screen of ["desk", "phone"] as const) {
        await test.step({
          name: screen,
          sanitizeOps: false,
          sanitizeResources: false,
          fn: () => tour(browser, server, screen),
        });
      }
    } finally {
      await browser.close();
      await server.stop();
      await Deno.remove(data, { recursive: true });
    }
  },
});

async function tour(browser: Browser, server: RunningServer, screen: "desk" | "phone"): Promise<void> {
  const { page, complaints } = await visit(browser, server.url, screen);
  const faults: string[] = [];
  const look = async (name: string) => {
    await page.waitForFunction(() => document.fonts.status === "loaded");
    const found = [...await faultsOf(page), ...(await sideways(page) > 0 ? ["scrolls sideways"] : [])];
    faults.push(...found.map((fault) => `${screen} ${name}: ${fault}`));
    await picture(page, `${screen}-${name}`);
  };

  await page.getByRole("button", { name: "Enter as a guest" }).waitFor();
  await look("title");
  await enter(page, screen === "desk" ? "Ada" : "Ben");
  await look("worlds");
  await page.getByRole("button", { name: "New world" }).click();
  await look("new-world");
  await page.getByRole("button", { name: "Back" }).click();
  await createWorld(page, "Ash Hollow");
  await page.getByRole("button", { name: "New character" }).click();
  await page.getByRole("button", { name: "Make this character" }).waitFor();
  await look("create");
  await page.getByRole("button", { name: "Back" }).click();
  for (const [name, className] of HEROES) await createCharacter(page, name, className);
  await look("party");
  await enterWorld(page);
  await look("explore");
  assertEquals(await smallTargets(page), []);
  await panels(page, look);
  await camp(page, look);
  await fight(page, look);

  assertEquals(faults, []);
  assertEquals(complaints, []);
}

async function panels(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const name of ["Sheet", "Stash", "Journal", "Area map", "Help", "World"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await look(`panel-${name.toLowerCase().replaceAll(" ", "-")}`);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
}

async function camp(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  if (!await press(page, "Encamp")) return;
  await page.getByRole("button", { name: "Break camp" }).waitFor();
  await look("camp");
  await press(page, "Break camp");
}

/** Walks until there is somebody to fight, and fights until the field is won or lost. */
async function fight(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  const seen = new Set<string>();
  while (!seen.has("over")) {
    const mode = await modeOf(page);
    if (!seen.has(mode) && mode !== "explore" && mode !== "camp") await look(mode);
    if (seen.has("battle") && mode !== "battle") seen.add("over");
    seen.add(mode);
    if (mode === "encounter") await press(page, "Combat");
    else if (mode === "battle") await strike(page, look, seen);
    else if (mode === "explore") await pressFirst(page);
  }
}

async function strike(page: Page, look: (name: string) => Promise<void>, seen: Set<string>): Promise<void> {
  if (!seen.has("attack") && await press(page, "Attack")) {
    seen.add("attack");
    await page.getByRole("dialog", { name: "Attack" }).waitFor();
    await look("attack");
    await page.keyboard.press("1");
  } else if (seen.has("attack")) await press(page, "Quick for all");
  else if (!await press(page, "End turn")) await press(page, "Let it be");
  await page.waitForTimeout(100);
}

async function pressFirst(page: Page): Promise<void> {
  for (const way of WAYS) if (await can(page, way) && await press(page, way)) return;
  await press(page, "Turn about");
}
