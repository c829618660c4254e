/** What a machine can say about a screen: axe's findings, sideways scrolling, small targets; and a picture for people. */
import type { Page } from "playwright-core";

const AXE = new URL("../../node_modules/axe-core/axe.min.js", import.meta.url);
const PICTURES = new URL("../../docs/screenshots/", import.meta.url);

/** What keeps somebody out: findings of axe-core, and boxes no key can scroll, each with the elements it is about. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  return [...await axeFindings(page), ...await deafScrollers(page)];
}

/** Serious and critical findings. */
async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(await Deno.readTextFile(AXE));
  return await page.evaluate(async () => {
    const axe: unknown = Reflect.get(globalThis, "axe");
    if (typeof axe !== "object" || axe === null) throw new Error("axe did not load");
    const run: unknown = Reflect.get(axe, "run");
    if (typeof run !== "function") throw new Error("axe has no run");
    const result = await run.call(axe, document, { resultTypes: ["violations"] });
    return result.violations
      .filter((one: { impact: string }) => one.impact === "serious" || one.impact === "critical")
      .map((one: { id: string; nodes: { html: string }[] }) =>
        `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`
      );
  });
}

/**
 * Boxes that would scroll once they hold enough, and that no key can reach to scroll them. axe sees such a box only
 * while it overflows, which depends on how many fight; this sees it always.
 */
async function deafScrollers(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const scrolls = (way: string) => way === "auto" || way === "scroll";
    const takesFocus = (one: Element) => one instanceof HTMLElement && one.tabIndex >= 0;
    return [...document.body.querySelectorAll("*")].filter((box) => {
      const { overflowX, overflowY } = getComputedStyle(box);
      return (scrolls(overflowX) || scrolls(overflowY)) && ![box, ...box.querySelectorAll("*")].some(takesFocus);
    }).map((box) => `scrolls for no key: ${box.tagName.toLowerCase()}.${box.className}`);
  });
}

/** How far the page can be scrolled sideways: nothing, if it fits. */
export async function sideways(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Buttons of the verb bar smaller than a thumb. */
export async function smallTargets(page: Page): Promise<readonly string[]> {
  return await page.getByRole("navigation", { name: "What you can do" }).getByRole("button").evaluateAll((buttons) =>
    buttons.filter((button) => {
      const { width, height } = button.getBoundingClientRect();
      return width < 44 || height < 44;
    }).map((button) => button.getAttribute("aria-label") ?? "")
  );
}

/** Writes `docs/screenshots/<name>.png` when TEST_SCREENSHOTS is set, so that a plain test run leaves the tree alone. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!Deno.env.get("TEST_SCREENSHOTS")) return;
  await Deno.mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, PICTURES).pathname });
}
