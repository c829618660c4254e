/** The browser of the tests: the system's Chromium, driven by playwright-core. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findChromium } from "../../tools/chromium.ts";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

/** Starts Chromium; whoever calls closes it. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: await findChromium(), args: [...FLAGS] });
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about: scripts, content policy, missing files. */
  readonly complaints: readonly string[];
}

/** A person with a browser profile of their own, on the desk or on a phone. */
export async function visit(
  browser: Browser,
  url: string,
  screen: "desk" | "phone" = "desk",
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: screen === "desk" ? { width: 1280, height: 800 } : { width: 390, height: 844 },
    hasTouch: screen === "phone",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !/ERR_CONNECTION|WebSocket connection|Failed to load resource/.test(text)) {
      complaints.push(`console: ${text}`);
    }
  });
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  return { context, page, complaints };
}
