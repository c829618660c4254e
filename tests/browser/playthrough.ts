/** Playing on: whatever the party meets, one sensible step at a time, by accessible names only. */
import type { Page } from "playwright-core";
import { verb } from "./player.ts";

export type Mode = "explore" | "encounter" | "battle" | "aftermath" | "camp";

const SIGNS: readonly (readonly [Mode, RegExp])[] = [
  ["explore", /^Explore onward/],
  ["encounter", /^Combat/],
  ["battle", /^(End turn|Quick|Take over|Let it be)/],
  ["aftermath", /^Share it out/],
  ["camp", /^Break camp/],
];

/** What the screen is about, told by the verbs on it. */
export async function modeOf(page: Page): Promise<Mode> {
  const verbs = page.getByRole("navigation", { name: "What you can do" }).getByRole("button");
  const any = verbs.filter({ hasText: /./ }).first();
  while (true) {
    await any.waitFor();
    const names = await verbs.evaluateAll((buttons) => buttons.map((button) => button.textContent ?? ""));
    const sign = SIGNS.find(([, name]) => names.some((one) => name.test(one)));
    if (sign !== undefined) return sign[0];
  }
}

/** Whether a verb is on the bar and can be used. */
export async function can(page: Page, name: string): Promise<boolean> {
  return await verb(page, name).evaluateAll((buttons) =>
    buttons.some((button) => button.getAttribute("aria-disabled") !== "true")
  );
}

/** Presses a verb when it can be used, and waits until the world has answered. False when it is gone meanwhile. */
export async function press(page: Page, name: string): Promise<boolean> {
  if (!await can(page, name)) return false;
  const pressed = await verb(page, name).first().click({ timeout: 4_000 }).then(() => true, () => false);
  await settled(page);
  return pressed;
}

/** Resolves when nothing the page asked for is under way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main[aria-busy="false"]').waitFor();
}

/** Chooses a line of the open menu; false when it has none of that name. */
export async function choose(page: Page, line: RegExp): Promise<boolean> {
  const button = page.getByRole("dialog").getByRole("button", { name: line }).first();
  if (await button.count() === 0) return false;
  await button.click();
  await settled(page);
  return true;
}

/** Lets the AI fight to the end of the battle. */
export async function fightByQuick(pages: readonly Page[]): Promise<void> {
  while (await Promise.all(pages.map(modeOf)).then((modes) => modes.includes("battle"))) {
    for (const page of pages) {
      if (await can(page, "Quick for all")) await press(page, "Quick for all");
      else if (await can(page, "Let it be")) await press(page, "Let it be");
    }
    await pages[0]?.waitForTimeout(200);
  }
}

/** The newest lines of the text log. */
export async function logOf(page: Page): Promise<string> {
  return await page.getByRole("log", { name: "Log" }).innerText();
}
