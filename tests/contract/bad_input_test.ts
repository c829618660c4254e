import { assertEquals } from "@std/assert";
import { openHouse, URL_OF_HOUSE } from "./house.ts";
import { layTable, resultOf } from "./table.ts";

const WORLD = "w_x";
const call = (method: string, params: string) => `{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`;

/** What must never change anything: by HTTP, as the leader of a table. */
const INPUTS: readonly (readonly [what: string, body: string, status: number, code: string])[] = [
  ["nothing", "", 200, "rpc/parse_error"],
  ["malformed JSON", `{"jsonrpc":"2.0","id":1,`, 200, "rpc/parse_error"],
  ["a number", "42", 200, "rpc/invalid_request"],
  ["an oversized body", `"${"x".repeat(300_000)}"`, 413, "rpc/too_large"],
  ["a too deep body", call("turn", `${"[".repeat(40)}${"]".repeat(40)}`), 200, "rpc/invalid_request"],
  ["a forbidden key", call("turn", `{"__proto__":{"to":"left"}}`), 200, "rpc/invalid_request"],
  ["an unknown method", call("grantGold", `{"amount":1000}`), 200, "rpc/unknown_method"],
  ["a method of objects", call("__proto__", "{}"), 200, "rpc/unknown_method"],
  [
    "an unknown parameter",
    call("turn", `{"world":"${WORLD}","cseq":50,"to":"left","gold":9}`),
    200,
    "rpc/invalid_params",
  ],
  ["a missing number", call("turn", `{"world":"${WORLD}","to":"left"}`), 200, "rpc/invalid_params"],
  ["a number that is none", call("turn", `{"world":"${WORLD}","cseq":"50","to":"left"}`), 200, "rpc/invalid_params"],
  [
    "a broken id",
    call("attack", `{"world":"${WORLD}","cseq":50,"character":"<b>","target":"n_1"}`),
    200,
    "rpc/invalid_params",
  ],
  [
    "a line that is too long",
    call("talk.say", `{"world":"${WORLD}","cseq":50,"text":"${"x".repeat(501)}"}`),
    200,
    "rpc/invalid_params",
  ],
  ["no such world", call("turn", `{"world":"w_none","cseq":50,"to":"left"}`), 200, "world/unknown"],
  ["the wrong mode", call("endTurn", `{"world":"${WORLD}","cseq":51,"character":"OWN"}`), 200, "turn/wrong_mode"],
  [
    "another's character",
    call("setPolicy", `{"world":"${WORLD}","cseq":52,"character":"OTHER","kind":"shield","policy":"ask"}`),
    200,
    "character/not_yours",
  ],
  [
    "a choice made on what is past",
    call("turn", `{"world":"${WORLD}","cseq":53,"to":"left","expectSeq":1}`),
    200,
    "command/stale",
  ],
  ["another history", call("turn", `{"world":"${WORLD}","cseq":54,"to":"left","epoch":7}`), 200, "command/other_epoch"],
  [
    "a number used for something else",
    call("turn", `{"world":"${WORLD}","cseq":40,"to":"right"}`),
    200,
    "command/cseq_reused",
  ],
];

Deno.test("bad input is answered with its code and changes nothing", async (t) => {
  const house = openHouse({ seed: 5 });
  const table = await layTable(house);
  const { leader, world } = table;
  resultOf(await leader.call("turn", { world, cseq: 40, to: "left" }));
  const before = resultOf(await leader.call("getGameState", { world }));
  const [[own = ""], [other = ""]] = table.characters;

  for (const [what, body, status, code] of INPUTS) {
    await t.step(`${what}: ${code}`, async () => {
      const response = await house.fetch(
        new Request(`${URL_OF_HOUSE}/rpc`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${leader.token}` },
          body: body.replaceAll(WORLD, world).replaceAll("OWN", own).replaceAll("OTHER", other),
        }),
      );
      const { error } = await response.json();

      assertEquals([response.status, error?.data?.code], [status, code]);
      assertEquals(await leader.call("getGameState", { world }), { ok: true, result: before });
    });
  }
  await house.close();
});
