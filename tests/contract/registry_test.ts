import { assert, assertEquals } from "@std/assert";
import { RULES } from "../../engine/decide.ts";
import type { Intent, PlayerIntent } from "../../engine/types/command.ts";
import { readMessages } from "../../routes/assets.ts";
import { describeServer, wireName } from "../../routes/rpc/openrpc.ts";
import { NOTIFICATIONS } from "../../routes/rpc/notifications.ts";
import { API_GENERATION, findMethod, METHODS } from "../../routes/rpc/registry.ts";
import { ALL_CODES } from "../../routes/wire/codes.ts";
import { createMessages } from "../../routes/wire/messages.ts";
import { createDoors } from "../../routes/testing/app.ts";
import { wireCall } from "../kit/intents.ts";

const NAMES = METHODS.map(({ name }) => name);

/** The methods the first release promises. */
const PROMISED = [
  ...[
    "session.guest",
    "session.returnKey",
    "session.return",
    "session.end",
    "world.create",
    "world.list",
    "world.invite",
    "joinGame",
    "leaveGame",
  ],
  ...["createCharacter", "getGameState", "move", "turn", "interact", "search", "travel", "encounter.choose"],
  ...["startCombat", "attack", "castSpell", "useItem", "equipItem", "unequipItem", "getEquipment", "guard", "delay"],
  ...["dash", "dodge", "slip", "help", "bandage", "react", "quick", "endTurn", "camp.make", "camp.rest"],
  ...[
    "camp.order",
    "camp.prepare",
    "camp.spendHitDice",
    "camp.break",
    "loot.claim",
    "loot.assign",
    "loot.finish",
    "levelUp",
    "getSpell",
    "getAllSpells",
    "startQuest",
  ],
  ...["completeQuest", "getQuestLog", "talk.say", "stream.subscribe", "events.list", "ping", "server.status"],
  ...["rpc.discover"],
];

Deno.test("the registry holds every promised method, each name once", () => {
  assertEquals(PROMISED.filter((name) => !NAMES.includes(name)), []);
  assertEquals(new Set(NAMES).size, NAMES.length);
});

Deno.test("names are equal in dispatch, description, metric labels and costs", async () => {
  const description = describeServer("0.0.0", createMessages(readMessages()));
  const described = Array.isArray(description["methods"]) ? description["methods"] : [];
  const notices = NOTIFICATIONS.map(wireName);
  const { call, app } = createDoors();
  for (const method of METHODS) {
    assertEquals(findMethod(method.name), method);
    assertEquals(findMethod(wireName(method)), method);
    assert(Number.isInteger(method.cost) && method.cost > 0, method.name);
    await call(wireName(method));
  }
  const metrics = await (await app.fetch(new Request("http://game.test/metrics"))).text();

  const inDescription = described.map(({ name }) => name).filter((name) => !notices.includes(name));
  assertEquals(inDescription, METHODS.map(wireName));
  const labels = new Set(
    [...metrics.matchAll(/^rpc_requests_total\{method="([^"]+)"/gm)].map((match) => match[1] ?? ""),
  );
  assertEquals([...labels].toSorted(), NAMES.toSorted());
  assertEquals(API_GENERATION, 1);
});

Deno.test("every intent a player may have has a method, whose caller is the one the rules ask for", () => {
  const system: readonly Intent["type"][] = [
    ...(["CreateWorld", "JoinGame", "AiTurn", "TurnExpired", "PromptExpired"] as const),
    ...(["EncounterExpired", "LootExpired", "PassLead"] as const),
  ];
  for (const [intent, { who }] of Object.entries(RULES)) {
    if (system.some((one) => one === intent)) continue;
    const { method } = wireCall({ type: intent } as PlayerIntent);
    const record = findMethod(method);
    assert(record !== undefined, `${intent} has no method`);
    // One verb of two shapes: a march is the leader's, a path one's own.
    if (method !== "move") assertEquals<unknown>(record.who, { seat: who }, `${method} (${intent})`);
  }
});

Deno.test("every example is valid, every documented code is in the table, every method says what it is about", () => {
  for (const { name, params, example, errors, about } of METHODS) {
    const asked = {
      ...("world" in params.shape ? { world: "w_9fTq" } : {}),
      ...("cseq" in params.shape ? { cseq: 1 } : {}),
      ...example,
    };
    const parsed = params.safeParse(asked);
    assert(parsed.success, `${name}: ${parsed.error?.message}`);
    assertEquals(errors.filter((code) => !ALL_CODES.includes(code)), [], name);
    assert(about.length > 10, name);
  }
});
