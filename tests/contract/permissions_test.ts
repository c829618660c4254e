import { assertEquals } from "@std/assert";
import { METHODS } from "../../routes/rpc/registry.ts";
import type { Who } from "../../routes/rpc/method.ts";
import type { JsonRecord } from "../kit/client.ts";
import { openHouse, type Reply, URL_OF_HOUSE } from "./house.ts";
import { codeOf, layTable } from "./table.ts";

type Role = "nobody" | "stranger" | "member" | "leader" | "operator";
const ROLES: readonly Role[] = ["nobody", "stranger", "member", "leader", "operator"];

/** What a role is answered before its params are looked at; undefined: it may go on. */
function predicted(role: Role, who: Who): string | undefined {
  const signedIn = role !== "nobody" && role !== "operator";
  if (who === "anyone") return undefined;
  if (who === "admin") return role === "operator" ? undefined : signedIn ? "auth/forbidden" : "auth/required";
  return signedIn ? undefined : "auth/required";
}

Deno.test("every method answers every role what its record says", async () => {
  const house = openHouse();
  const { leader, member, stranger, world } = await layTable(house);
  const asks: Readonly<Record<Role, (method: string, params?: JsonRecord) => Promise<Reply>>> = {
    nobody: house.call,
    stranger: stranger.call,
    member: member.call,
    leader: leader.call,
    operator: house.operator,
  };
  const wrong: string[] = [];
  let cseq = 900;
  for (const { name, who, params, example } of METHODS) {
    for (const role of ROLES) {
      // No method knows this member, so that nobody who may go on changes anything.
      const code = codeOf(await asks[role](name, { nope: true }));
      if (code !== (predicted(role, who) ?? "rpc/invalid_params")) wrong.push(`${name} answers ${role} ${code}`);
    }
    // Seats are the world's own matter: what it says to those who have none, and to those who do not lead.
    if (typeof who !== "object" || name === "stream.subscribe") continue;
    const asked = { ...example, world, ...("cseq" in params.shape ? { cseq: ++cseq } : {}) };
    const code = codeOf(await stranger.call(name, asked));
    if (code !== "world/unknown") wrong.push(`${name} answers stranger ${code}`);
  }
  assertEquals(wrong, []);
  await house.close();
});

Deno.test("the operator's token opens nothing as a cookie, a ticket or half of itself", async () => {
  const house = openHouse();
  const token = "operator-operator-operator-operator";
  const tries: readonly (readonly [headers: Record<string, string>, code: string])[] = [
    [{ authorization: `Bearer ${token}` }, "ok"],
    [{ authorization: `Bearer ${token.slice(0, -1)}` }, "auth/ended"],
    [{ authorization: `Bearer ${token}x` }, "auth/ended"],
    [{ authorization: `Basic ${token}` }, "auth/ended"],
    [{ cookie: `session=${token}`, origin: URL_OF_HOUSE }, "auth/required"],
    [{}, "auth/required"],
  ];
  for (const [headers, code] of tries) {
    const response = await house.fetch(
      new Request(`${URL_OF_HOUSE}/rpc`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "admin.backupList", params: {} }),
      }),
    );
    const answer = await response.json();
    assertEquals("error" in answer ? answer.error.data.code : "ok", code, JSON.stringify(headers));
  }
  const upgrade = await house.fetch(
    new Request(`${URL_OF_HOUSE}/ws`, { headers: { upgrade: "websocket", authorization: `Bearer ${token}` } }),
  );
  assertEquals(upgrade.status, 401);
  await upgrade.body?.cancel();
  await house.close();
});
