import { assert, assertEquals } from "@std/assert";
import { EntriesDropped } from "../../kv/ports.ts";
import { METHODS } from "../../routes/rpc/registry.ts";
import { ANY_CODES, COMMAND_CODES } from "../../routes/rpc/codes_by_kind.ts";
import type { JsonRecord } from "../kit/client.ts";
import { CASES } from "./cases.ts";
import { chanceOf, playEvening } from "./evening.ts";
import { type House, openHouse } from "./house.ts";
import * as set from "./scenes.ts";
import type { Scene } from "./scenes.ts";
import { createStage, type Stage } from "./stage.ts";
import { codeOf, layTable, recordOf, resultOf, type Table, veterans } from "./table.ts";

/** Commands of a seat that are asked for by loops: everything but taking and leaving the seat. */
const SEATED = METHODS.filter(({ kind, who, name }) =>
  kind === "command" && typeof who === "object" && name !== "leaveGame"
);
/** What can be asked for in every mode. */
const ANYWHERE = new Set(["talk.say", "giveLead", "setPolicy", "quick", "world.end"]);
/** Verbs that need their own turn. */
const TURN = new Set([
  ...["attack", "castSpell", "useItem", "useFeature", "equipItem", "unequipItem", "guard", "delay", "dash", "dodge"],
  ...["slip", "help", "bandage", "openDoor", "standUp", "endTurn", "move"],
]);

const as: Scene = (state) => state;

interface Play {
  readonly house: House;
  readonly stage: Stage;
  readonly table: Table;
  /** Worlds whose oldest entries are no longer stored. */
  readonly dropped: Set<string>;
  /** Puts the world into a scene. */
  put(scene: Scene): Promise<void>;
}

async function withPlay(run: (play: Play) => Promise<void>): Promise<void> {
  const stage = createStage();
  const dropped = new Set<string>();
  const house = openHouse({
    seed: 7,
    rules: (rules) => veterans(stage.rules(rules)),
    store: (store) => ({
      ...store,
      async readEntries(world, from, to) {
        if (dropped.has(world)) throw new EntriesDropped(world, from, 201);
        return await store.readEntries(world, from, to);
      },
    }),
  });
  const table = await layTable(house);
  await run({
    house,
    stage,
    table,
    dropped,
    async put(scene) {
      resultOf(await table.leader.command("talk.say", table.world, { text: stage.add(scene) }));
    },
  });
  await house.close();
}

/** A battle with an arena to fight it in; answers its state as the base of scenes. */
async function startBattle({ put, table, stage }: Play) {
  const explore = (await table.view(), stage.state());
  await put((state) => set.encounter()({ ...explore, at: state.at, seats: state.seats }));
  resultOf(await table.leader.command("startCombat", table.world));
  await table.view();
  return { explore, battle: stage.state() };
}

/** The example of a method, with ids that exist. */
function paramsOf(name: string, character: string): JsonRecord {
  const { example } = METHODS.find((method) => method.name === name) ?? { example: {} };
  return { ...example, ...("character" in example ? { character } : {}) };
}

Deno.test("every method succeeds, and every error it documents is provoked through the door", async (t) => {
  await withPlay(async (play) => {
    const { house, table, stage, put } = play;
    const { leader, member, stranger, world } = table;
    const bases = await startBattle(play);
    const from = (base: keyof typeof bases, scene: Scene) =>
      put((state) => scene({ ...bases[base], at: state.at, seats: state.seats }));

    await t.step("the rules' own answers", async () => {
      const wrong: string[] = [];
      for (const { method, code, from: base, scene, params, member: isMember } of CASES) {
        const name = `${method} ${code}`;
        try {
          // Side by side: nothing the server does by itself may come in between.
          const set = from(base, scene);
          const reply = await (isMember ? member : leader).command(method, world, params(scene(bases[base])));
          await set;
          if (codeOf(reply) !== code) wrong.push(`${name}: ${JSON.stringify(reply.ok ? "ok" : reply.data)}`);
        } catch (fault) {
          wrong.push(`${name}: ${fault}`);
        }
      }
      assertEquals(wrong, []);
    });

    await t.step("who may not, and when it makes no sense", async () => {
      await from("explore", as);
      await table.view();
      const own = set.byClass(stage.state(), "fighter");
      for (const { name, who } of SEATED) {
        const role = typeof who === "object" ? who.seat : who;
        if (role === "leader") {
          assertEquals(codeOf(await member.command(name, world, paramsOf(name, own))), "turn/not_leader", name);
        }
        if (role === "host") {
          assertEquals(codeOf(await member.command(name, world, paramsOf(name, own))), "world/not_host", name);
        }
        if (role === "own" && name !== "move") {
          for (const [id, code] of [[own, "character/not_yours"], ["c_none", "character/unknown"]] as const) {
            assertEquals(codeOf(await member.command(name, world, paramsOf(name, id))), code, name);
          }
        }
        if (ANYWHERE.has(name)) continue;
        const odd = name === "encounter.choose" || name === "startCombat" ? as : set.encounter();
        await from("explore", odd);
        assertEquals(codeOf(await leader.command(name, world, paramsOf(name, own))), "turn/wrong_mode", name);
        await from("explore", as);
      }
      assertEquals(codeOf(await member.command("move", world, { step: "forward" })), "turn/not_leader");
      for (const [id, code] of [[own, "character/not_yours"], ["c_none", "character/unknown"]] as const) {
        assertEquals(codeOf(await member.command("move", world, { character: id, path: [[1, 1]] })), code);
      }
    });

    await t.step("whose turn it is", async () => {
      await table.view();
      const own = set.byClass(stage.state(), "fighter");
      const ask = (name: string) =>
        leader.command(name, world, name === "move" ? { character: own, path: [[1, 1]] } : paramsOf(name, own));
      for (const name of TURN) {
        await from("battle", set.arena("cleric"));
        assertEquals(codeOf(await ask(name)), "turn/not_yours", name);
        await from("battle", set.scene(set.arena("fighter"), set.prompted("cleric")));
        assertEquals(codeOf(await ask(name)), "turn/prompt_open", name);
      }
    });

    await t.step("who has no seat, and no session", async () => {
      const passerBy = await house.guest("Pip");
      let cseq = 1_000;
      for (const { name, who, params } of METHODS) {
        const asked = {
          ...paramsOf(name, "c_none"),
          ...("world" in params.shape ? { world } : {}),
          ...("cseq" in params.shape ? { cseq: ++cseq } : {}),
        };
        if (typeof who === "object" && name !== "stream.subscribe") {
          assertEquals(codeOf(await passerBy.call(name, asked)), "world/unknown", name);
        }
        if (who !== "anyone") assertEquals(codeOf(await house.call(name, asked)), "auth/required", name);
      }
      const unknown = await leader.call("getGameState", { world: "w_none" });
      const hidden = await passerBy.call("getGameState", { world });
      assertEquals([codeOf(unknown), codeOf(hidden)], ["world/unknown", "world/unknown"]);
    });

    await t.step("what is no valid call", async () => {
      for (const { name, who } of METHODS) {
        const ask = who === "admin" ? house.operator : leader.call;
        assertEquals(codeOf(await ask(name, { nope: true })), "rpc/invalid_params", name);
      }
    });

    await t.step("queries and controls", async () => {
      await from("explore", as);
      const [character = ""] = table.characters[0];
      const good: readonly (readonly [name: string, params: JsonRecord])[] = [
        ["ping", {}],
        ["server.status", {}],
        ["rpc.discover", {}],
        ["session.get", {}],
        ["session.ticket", {}],
        ["world.list", {}],
        ["world.invite", { world }],
        ["roster.list", {}],
        ["getGameState", { world }],
        ["getGameState", { world, audience: "party.talk" }],
        ["getOptions", { world, character }],
        ["getEquipment", { world, character }],
        ["getQuestLog", { world }],
        ["getAllSpells", { level: 1, limit: 5 }],
        ["getSpell", { spell: "magicMissile" }],
        ["events.list", { world, afterSeq: 0 }],
        ["stream.desync", { world, epoch: 1, seq: 1, got: "0000000000000000", parts: { party: "0000000000000000" } }],
      ];
      for (const [name, params] of good) assertEquals(codeOf(await leader.call(name, params)), "ok", name);
      assertEquals(codeOf(await leader.call("getSpell", { spell: "nope" })), "magic/unknown_spell");
      assertEquals(codeOf(await leader.call("getEquipment", { world, character: "c_none" })), "character/unknown");
      assertEquals(
        codeOf(await leader.call("getOptions", { world, character: table.characters[1][0] })),
        "character/not_yours",
      );
      for (const name of ["stream.subscribe", "stream.unsubscribe"]) {
        assertEquals(codeOf(await leader.call(name, { world })), "rpc/invalid_request", name);
      }
      for (const name of ["getGameState", "getOptions", "getEquipment", "getQuestLog"]) {
        const asked = leader.call(name, { world, minSeq: 100_000, ...(name === "getEquipment" ? { character } : {}) });
        assertEquals(codeOf(await patiently(house, asked)), "stream/behind", name);
      }
      const cookieless = await house.call("session.guest", { name: "Eve" });
      assertEquals(codeOf(cookieless), "auth/origin");
    });

    await t.step("the operator's door", async () => {
      for (const { name, who, example } of METHODS) {
        if (who !== "admin") continue;
        assertEquals(codeOf(await leader.call(name, example)), "auth/forbidden", name);
        if (name !== "admin.jobGet") assertEquals(codeOf(await house.operator(name, example)), "ok", name);
      }
      const job = async (method: string, params: JsonRecord) => {
        const asked = resultOf(await house.operator(method, params));
        await new Promise((resolve) => setTimeout(resolve));
        return resultOf(await house.operator("admin.jobGet", { job: asked["job"] }));
      };
      const made = await job("admin.backupCreate", {});
      assertEquals([made["state"], recordOf(made["result"])["worlds"]], ["done", 1]);
      const failed = await job("admin.worldImport", { file: "nothing.goldbox" });
      assertEquals([failed["state"], failed["why"]], ["failed", "Cannot import nothing.goldbox"]);
      assertEquals(codeOf(await house.operator("admin.jobGet", { job: "j_none" })), "admin/unknown_job");
      assertEquals(codeOf(await house.operator("admin.worldImport", { file: "../x.goldbox" })), "rpc/invalid_params");
    });

    await t.step("coming back by a return key", async () => {
      const key = String(resultOf(await leader.call("session.returnKey"))["key"]);
      const back = resultOf(await house.call("session.return", { key: ` ${key.toLowerCase()} `, token: true }));
      assertEquals(back["account"], leader.account);
      resultOf(await leader.call("session.returnKey"));
      assertEquals(codeOf(await house.call("session.return", { key, token: true })), "auth/wrong_credentials");
      assertEquals(codeOf(await house.call("session.return", { key: "hello", token: true })), "auth/wrong_credentials");
      assertEquals(codeOf(await house.call("session.return", { key })), "auth/origin");
    });

    await t.step("commands of the account", async () => {
      const guest = await house.guest("Dee");
      const aldric = { class: "fighter", lineage: "human", background: "sellsword" };
      const assign = ["str", "con", "dex", "wis", "cha", "int"];
      for (let roll = 0; roll < 4; roll++) resultOf(await guest.own("character.roll"));
      assertEquals(codeOf(await guest.own("character.roll")), "character/no_rolls");
      const tries: readonly (readonly [params: JsonRecord, code: string])[] = [
        [
          { name: "Al", method: "standard", assign: ["str", "str", "str", "str", "str", "str"] },
          "character/bad_scores",
        ],
        [{ name: "Al", method: "standard", assign, choices: { nope: "nope" } }, "character/bad_choice"],
        [{ name: "Al", method: "roll", assign, set: 9 }, "character/no_rolls"],
      ];
      for (const [params, code] of tries) {
        assertEquals(codeOf(await guest.own("createCharacter", { ...aldric, ...params })), code);
      }
      for (let count = 0; count < 24; count++) {
        resultOf(await guest.own("createCharacter", { ...aldric, name: `Al ${count}`, method: "standard", assign }));
      }
      const more = await guest.own("createCharacter", { ...aldric, name: "One more", method: "standard", assign });
      assertEquals(codeOf(more), "character/roster_full");
    });

    await t.step("joining and leaving", async () => {
      const make = async (guest: typeof leader, name: string) =>
        String(
          recordOf(
            resultOf(
              await guest.own("createCharacter", {
                name,
                class: "cleric",
                lineage: "elf",
                method: "standard",
                assign: ["wis", "con", "str", "cha", "dex", "int"],
              }),
            )["character"],
          )["id"],
        );
      const { invite } = table;
      const join = (guest: typeof leader, params: JsonRecord) =>
        guest.command("joinGame", world, { invite, ...params });
      await from("explore", as);
      assertEquals(codeOf(await stranger.command("joinGame", world, {})), "world/unknown");
      assertEquals(codeOf(await join(stranger, { characters: ["c_none"] })), "character/unknown");
      const seventh = await make(stranger, "Zed");
      assertEquals(codeOf(await join(stranger, { characters: [seventh] })), "character/party_full");
      await from("explore", set.party({ order: [] }));
      assertEquals(codeOf(await join(stranger, { character: await make(stranger, "Aldric") })), "character/name_taken");
      await from("explore", set.aftermath([]));
      assertEquals(codeOf(await join(stranger, { character: seventh })), "turn/wrong_mode");
      await from("explore", set.party({ order: [] }));
      assertEquals(codeOf(await stranger.command("joinGame", world, { invite, character: seventh })), "ok");
      const other = resultOf(await stranger.own("world.create", { name: "Elsewhere" }));
      assertEquals(
        codeOf(
          await stranger.command("joinGame", String(other["world"]), {
            invite: String(other["invite"]).split("/").at(-1) ?? "",
            character: seventh,
          }),
        ),
        "character/away",
      );
      // The link's code names the world, so that it is enough.
      const alone = await (await house.guest("Guest 4")).call("joinGame", { cseq: 1, invite });
      assertEquals(alone.ok && alone.result["world"], world);
      for (let count = 5; count <= 6; count++) {
        assertEquals(codeOf(await join(await house.guest(`Guest ${count}`), {})), "ok");
      }
      assertEquals(codeOf(await join(await house.guest("Guest 7"), {})), "world/full");
      const collector = await house.guest("Guest 8");
      for (let count = 1; count <= 50; count++) {
        assertEquals(codeOf(await collector.own("world.create", { name: `World ${count}` })), "ok");
      }
      assertEquals(codeOf(await collector.own("world.create", { name: "World 51" })), "world/too_many");
      const open = resultOf(await leader.own("world.create", { name: "Open" }));
      assertEquals(
        codeOf(
          await collector.command("joinGame", String(open["world"]), {
            invite: String(open["invite"]).split("/").at(-1) ?? "",
          }),
        ),
        "world/too_many",
      );
      assertEquals(codeOf(await stranger.command("leaveGame", world)), "ok");
      await table.view();
      const seat = set.seatNumber(stage.state(), 2);
      assertEquals(codeOf(await leader.command("giveLead", world, { seat })), "ok");
    });

    await t.step("the end of a world", async () => {
      const made = resultOf(await leader.own("world.create", { name: "Short Tale" }));
      const other = String(made["world"]);
      const end = (name: string) => leader.command("world.end", other, { name });
      assertEquals(codeOf(await leader.call("world.log", { world: other })), "world/not_ended");
      assertEquals(codeOf(await end("Short tale")), "world/wrong_name");
      const ended = resultOf(await end("Short Tale"));
      assertEquals(ended["seedHash"], made["seedHash"]);
      assertEquals(codeOf(await end("Short Tale")), "world/ended");
      assertEquals(codeOf(await leader.command("talk.say", other, { text: "Anybody there?" })), "world/ended");
      const log = resultOf(await leader.call("world.log", { world: other }));
      assertEquals([log["seed"], log["seedHash"], log["head"]], [ended["seed"], made["seedHash"], 3]);
      play.dropped.add(other);
      assertEquals(codeOf(await leader.call("world.log", { world: other })), "world/log_gone");
      assertEquals(codeOf(await leader.command("leaveGame", other)), "ok");
    });

    await t.step("numbers, receipts and what a choice relied on", async () => {
      await from("explore", as);
      const state = resultOf(await member.call("getGameState", { world }));
      const ask = (params: JsonRecord) => member.call("search", { world, ...params });
      const first = resultOf(await ask({ cseq: 5_000, mode: "look" }));
      const again = resultOf(await ask({ cseq: 5_000, mode: "look" }));
      assertEquals(again, first);
      assertEquals(codeOf(await ask({ cseq: 5_000, mode: "on" })), "command/cseq_reused");
      assertEquals(codeOf(await ask({ cseq: 4_999, mode: "look" })), "command/superseded");
      assertEquals(codeOf(await ask({ cseq: 5_001, mode: "look", epoch: 1 })), "command/other_epoch");
      resultOf(await member.call("turn", { world, cseq: 5_002, to: "left" }));
      const stale = await member.call("turn", { world, cseq: 5_003, to: "left", expectSeq: state["seq"] });
      assertEquals(codeOf(stale), "command/stale");
    });

    await t.step("an hour of restless play", async () => {
      await from("explore", as);
      await playEvening(table, { commands: 300, chance: chanceOf(3), nonsense: 0.5 });
    });

    await t.step("session.end", async () => {
      const guest = await house.guest("Gone");
      assertEquals(codeOf(await guest.call("session.end")), "ok");
      assertEquals(codeOf(await guest.call("session.get")), "auth/ended");
    });

    await t.step("nothing undocumented was answered", () => {
      assertEquals([...house.ledger.faults], []);
    });

    await t.step("nothing documented is missing", () => {
      const common = new Set<string>([...ANY_CODES, ...COMMAND_CODES, "auth/ended"]);
      // What needs a socket is asked for in `streams_test.ts`.
      const here = METHODS.filter(({ name }) => !/^stream\.(un)?subscribe$/.test(name));
      const missing = here.flatMap(({ name, errors }) => [
        ...(house.ledger.succeeded.has(name) ? [] : [`${name} ok`]),
        ...errors.filter((code) => !common.has(code) && !house.ledger.refused.get(name)?.has(code))
          .map((code) => `${name} ${code}`),
      ]);
      assertEquals(missing, []);
    });

    const faults = house.log.filter((line) => !line.startsWith("desync "));
    assert(faults.length === 0, faults.join("\n"));
  });
});

/** Moves the clock on, a little at a time, until there is an answer. */
async function patiently<T>(house: House, answer: Promise<T>): Promise<T> {
  let waiting = true;
  const settled = answer.finally(() => waiting = false);
  while (waiting) {
    house.clock.advance(2_000);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return await settled;
}
