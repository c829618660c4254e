/** A whole evening in two browsers, with the server killed in the middle of a fight. By accessible names only. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { buildIfStale } from "../../tools/build_web.ts";
import { startServer } from "../kit/server.ts";
import { launchBrowser, visit } from "./browser.ts";
import { createCharacter, createWorld, enter, enterWorld, verb } from "./player.ts";
import { can, choose, fightByQuick, logOf, modeOf, press, settled } from "./playthrough.ts";
import { record, type Recorder } from "./recorder.ts";

/** A script presses faster than a person may: the limits have tests of their own. */
const QUICK_FINGERS = { GOLDBOX_LOG_LEVEL: "error", GOLDBOX_RATE_LIMITS: "off" };
const EVENING_MS = 9 * 60_000;
/** A night may be slept once in 24 hours: so many short rests wait for it. */
const RESTS = 26;

interface Evening {
  readonly ada: Page;
  readonly ben: Page;
  readonly done: Set<string>;
  /** How many more rests the party gives its wounds before it goes on with them; a fight fills it up again. */
  readonly rests: { left: number };
}

Deno.test({
  name:
    "two browsers play an evening: explore, fight through a power cut, loot, equip, camp, level up, go down, get paid",
  sanitizeOps: false, // playwright keeps a pipe to the browser open until it has ended
  sanitizeResources: false,
  async fn() {
    await buildIfStale();
    const data = await Deno.makeTempDir({ prefix: "goldbox-evening-" });
    let server = await startServer({ data, env: QUICK_FINGERS });
    const browser = await launchBrowser();
    try {
      const first = await visit(browser, server.url);
      const recordA = record(first.page);
      await enter(first.page, "Ada");
      await createWorld(first.page, "Ash Hollow");
      await createCharacter(first.page, "Aldric", "Fighter");
      await createCharacter(first.page, "Brianna", "Cleric");
      await createCharacter(first.page, "Edda", "Paladin");
      await enterWorld(first.page);
      const invite = await inviteOf(first.page);

      const second = await visit(browser, new URL(new URL(invite).pathname, server.url).href);
      const recordB = record(second.page);
      await enter(second.page, "Ben");
      await createCharacter(second.page, "Corin", "Fighter");
      await createCharacter(second.page, "Dessa", "Ranger");
      await enterWorld(second.page);
      await first.page.getByRole("region", { name: "Party" }).getByRole("button", { name: /^Dessa\b.*played by Ben/ })
        .waitFor();

      const evening: Evening = { ada: first.page, ben: second.page, done: new Set(), rests: { left: RESTS } };
      await takeCommissions(first.page);
      await untilBattle(evening);
      await actOnce([first.page, second.page]);
      await server.kill();
      await first.page.getByText(/The line is down/).waitFor();
      server = await startServer({ data, port: server.port, env: QUICK_FINGERS });
      for (const page of [first.page, second.page]) {
        await page.getByText(/The line is down|Connecting/).waitFor({ state: "detached" });
        await settled(page);
      }
      assert(recordA.sockets() > 1 && recordB.sockets() > 1);

      await playOn(evening);

      assertEquals([...evening.done].toSorted(), ["battle", "camp", "equip", "level", "loot", "paid", "second level"]);
      await Promise.all([recordA.caughtUp(), recordB.caughtUp()]);
      assertOnce([recordA, recordB]);
      assertEquals([...first.complaints, ...second.complaints], []);
      assertEquals(await partyOf(first.page), await partyOf(second.page));
    } finally {
      await browser.close();
      await server.stop();
      await Deno.remove(data, { recursive: true });
    }
  },
});

async function inviteOf(page: Page): Promise<string> {
  await page.getByRole("button", { name: "World", exact: true }).click();
  await page.getByRole("button", { name: "Show the invitation link" }).click();
  const link = await page.getByLabel("Invitation link").inputValue();
  await page.getByRole("button", { name: /^Close/ }).click();
  return link;
}

async function takeCommissions(page: Page): Promise<void> {
  while (await can(page, "Commissions")) {
    await press(page, "Commissions");
    if (!await choose(page, /^Accept/)) return await page.keyboard.press("Escape");
  }
}

/** One way on: what is here, then doors, then the unknown, then the stairs. */
const WAYS = [
  "Take what is here",
  "Open the door",
  "Unlock with the key",
  "Pick the lock",
  "Bash the door",
  "Light a torch",
  "Explore onward",
] as const;

async function untilBattle({ ada }: Evening): Promise<void> {
  while (true) {
    const mode = await modeOf(ada);
    if (mode === "battle") return;
    if (mode === "encounter") await press(ada, "Combat");
    else if (mode === "explore") await pressFirst(ada, [...WAYS, "Go to the stairs", "Take the stairs"]);
    else await onward({ ada, ben: ada, done: new Set(), rests: { left: RESTS } }, mode);
  }
}

/** Both players do something of their own before the power goes: guard on their turn, and talk. */
async function actOnce(pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await page.getByLabel("Talk to the party").fill("Hold the door!");
    await page.getByRole("button", { name: "Say", exact: true }).click();
    await settled(page);
    if (await modeOf(page) === "battle" && await can(page, "Guard")) await press(page, "Guard");
  }
}

async function playOn(evening: Evening): Promise<void> {
  const { ada, done } = evening;
  const end = Date.now() + EVENING_MS;
  while (done.size < 7) {
    assert(Date.now() < end, `the evening is over with ${[...done].join(", ")}:\n${(await logOf(ada)).slice(-1500)}`);
    await onward(evening, await modeOf(ada));
  }
}

async function onward({ ada, ben, done, rests }: Evening, mode: Awaited<ReturnType<typeof modeOf>>): Promise<void> {
  switch (mode) {
    case "encounter":
      rests.left = RESTS;
      await press(ada, "Combat");
      return;
    case "battle":
      await fightByQuick([ada, ben]);
      done.add("battle");
      rests.left = RESTS;
      return;
    case "aftermath": {
      const need = ada.getByRole("button", { name: /^Need / }).first();
      if (await need.count() > 0) {
        await need.click();
        await settled(ada);
      }
      await press(ada, "Share it out and go on");
      done.add("loot");
      return;
    }
    case "camp":
      return await camp(ada, ben, done, rests);
    case "explore":
      return await explore(ada, done, rests);
  }
}

async function explore(ada: Page, done: Set<string>, rests: Evening["rests"]): Promise<void> {
  if (!done.has("equip") && done.has("battle")) return await equip(ada, done);
  if (rests.left > 0 && await needsCamp(ada, done) && await press(ada, "Encamp")) return;
  if (done.has("second level") && !done.has("paid")) {
    if (await can(ada, "Commissions")) {
      await press(ada, "Commissions");
      if (await choose(ada, /^Report/)) done.add("paid");
      else await ada.keyboard.press("Escape");
      return;
    }
    if (await press(ada, "Return to the board")) return;
    if (await press(ada, "Go to the stairs up")) return;
  }
  if (await press(ada, "Take the stairs")) {
    done.add("second level");
    return;
  }
  if (!done.has("second level") && await press(ada, "Go to the stairs")) return;
  await pressFirst(ada, [...WAYS, "Go to the stairs", "Go to the locked door", "Return to the board"]);
}

/** Camp when somebody is badly hurt, or may rise a level; once in any case. */
async function needsCamp(ada: Page, done: Set<string>): Promise<boolean> {
  const rising = ada.getByRole("region", { name: "Party" }).getByText(/Level up in camp/);
  if (!done.has("level") && await rising.count() > 0) return true;
  return await badlyHurt(ada) || (done.has("battle") && !done.has("camp"));
}

async function badlyHurt(ada: Page): Promise<boolean> {
  const members = await ada.getByRole("region", { name: "Party" }).getByRole("button").allInnerTexts();
  return members.some((member) => {
    const [, hp = "1", max = "1"] = /(\d+)\/(\d+) HP/.exec(member) ?? [];
    return Number(hp) > 0 && Number(hp) * 2 < Number(max);
  });
}

async function camp(ada: Page, ben: Page, done: Set<string>, rests: Evening["rests"]): Promise<void> {
  done.add("camp");
  for (const page of [ada, ben]) {
    const raise = page.getByRole("button", { name: "Level up, average hit points" }).first();
    if (await raise.count() === 0) continue;
    await raise.click();
    await settled(page);
    done.add("level");
    return;
  }
  if (rests.left-- > 0 && await badlyHurt(ada)) {
    if (!await press(ada, "Long rest")) await press(ada, "Short rest");
  } else await press(ada, "Break camp");
}

/** Another weapon into the hand: by the sheet, as a player would. */
async function equip(ada: Page, done: Set<string>): Promise<void> {
  await ada.getByRole("region", { name: "Party" }).getByRole("button", { name: /^Aldric/ }).click();
  await ada.keyboard.press("v");
  await ada.getByRole("dialog", { name: /sheet and gear/ }).waitFor();
  const button = ada.getByRole("button", { name: /^Equip .*main hand/ }).first();
  await button.waitFor();
  const name = /^Equip (.*) \(/.exec(await button.innerText())?.[1] ?? "";
  await button.click();
  await ada.getByRole("button", { name: `Take off ${name}` }).waitFor();
  for (const back of ["Longsword", "Shield"]) {
    await settled(ada);
    const button = ada.getByRole("button", { name: new RegExp(`^Equip ${back} `) }).first();
    if (await button.count() > 0) await button.click();
  }
  await settled(ada);
  await ada.keyboard.press("Escape");
  done.add("equip");
}

async function pressFirst(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) if (await press(page, name)) return;
  if (await modeOf(page) === "explore") {
    await verb(page, "Turn about").first().click();
    await settled(page);
  }
}

/** Every acknowledged act stands in the stream once, under the seq it was acknowledged with, and none stands there twice. */
function assertOnce(records: readonly Recorder[]): void {
  for (const { acknowledged, told } of records) {
    const seqs = [...told.keys()].toSorted((a, b) => a - b);
    const first = seqs[0] ?? 0;
    assertEquals(seqs, seqs.map((_, i) => first + i), "the stream has a hole");
    const byNumber = new Map<string, number>();
    for (const { lane, cseq, seq, method } of acknowledged) {
      const known = byNumber.get(`${lane}:${cseq}`);
      assert(known === undefined || known === seq, `${method} ${cseq} was acknowledged as ${known} and as ${seq}`);
      byNumber.set(`${lane}:${cseq}`, seq);
    }
    const acts = acknowledged.filter((one) => one.method !== "v1.talk.say" && one.seq >= first);
    for (const { method, seq } of acts) assert(told.has(seq), `${method} was acknowledged as ${seq} and never told`);
  }
  const [a, b] = records;
  for (const [seq, message] of a?.told ?? []) {
    const other = b?.told.get(seq);
    if (other !== undefined) assertEquals(other, message);
  }
}

async function partyOf(page: Page): Promise<readonly string[]> {
  const members = await page.getByRole("region", { name: "Party" }).getByRole("button").allInnerTexts();
  return members.map((member) =>
    member.replaceAll(/\s+/g, " ").replace(/ ?played by.*$/, "").replace(/ · (Ada|Ben)\b/, "")
  );
}
