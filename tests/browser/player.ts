/** A person at the screen: everything by accessible names, as a player or a screen reader finds it. */
import type { Page } from "playwright-core";

/** Walks in as a guest. */
export async function enter(page: Page, name: string): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Enter as a guest" }).click();
  await page.getByRole("heading", { name: /^(Worlds|Who goes in\?)$/ }).waitFor();
}

/** Creates a world and stays at the question who goes in. */
export async function createWorld(page: Page, name: string, clock: "Normal" | "Relaxed" = "Relaxed"): Promise<void> {
  await page.getByRole("button", { name: "New world" }).click();
  await page.getByLabel("Name of the world").fill(name);
  await page.getByRole("radio", { name: new RegExp(`^${clock}`) }).check();
  await page.getByRole("button", { name: "Create the world" }).click();
  await page.getByRole("heading", { name: "Who goes in?" }).waitFor();
}

/** Makes one character of a class. */
export async function createCharacter(page: Page, name: string, className: string): Promise<void> {
  await page.getByRole("button", { name: "New character" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("group", { name: "Class" }).getByRole("button", { name: className }).click();
  await page.getByRole("button", { name: "Arrange for this class" }).click();
  await page.getByRole("button", { name: "Make this character" }).click();
  await page.getByRole("button", { name: new RegExp(`^${name}\\b`) }).waitFor();
}

/** Takes everybody in. */
export async function enterWorld(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Enter with/ }).click();
  await page.getByRole("navigation", { name: "What you can do" }).waitFor();
  await page.locator('main[aria-busy="false"]').waitFor();
}

/** The verb with this name, whether it can be used now or is greyed with a reason. */
export function verb(page: Page, name: string) {
  return page.getByRole("navigation", { name: "What you can do" })
    .getByRole("button", { name: new RegExp(`^${name}( \\(not now|$)`) });
}
