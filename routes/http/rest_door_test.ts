import { assertEquals } from "@std/assert";
import { createDoors, ORIGIN, peer } from "../testing/app.ts";

function ask(method: string, body: string, headers: Readonly<Record<string, string>> = {}) {
  return createDoors().app.fetch(
    new Request(`${ORIGIN}/api/v1/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    }),
    peer("192.0.2.1"),
  );
}

Deno.test("POST /api/v1/<method> answers the bare result", async () => {
  const response = await ask("server.status", "{}");

  assertEquals(response.status, 200);
  assertEquals((await response.json()).status, "healthy");
});

const REFUSALS: readonly (readonly [method: string, body: string, status: number, code: string])[] = [
  ["none", "{}", 404, "rpc/unknown_method"],
  ["ping", `{"colour":"red"}`, 400, "rpc/invalid_params"],
  ["ping", "[1]", 400, "rpc/invalid_request"],
  ["ping", "{", 400, "rpc/parse_error"],
  ["world.list", "{}", 401, "auth/required"],
];

for (const [method, body, status, code] of REFUSALS) {
  Deno.test(`POST /api/v1/${method} with ${body} answers ${status} ${code}`, async () => {
    const response = await ask(method, body);

    assertEquals(response.status, status);
    assertEquals((await response.json()).data.code, code);
  });
}

Deno.test("GET /api/v1/<method> is refused with the verb that works", async () => {
  const response = await createDoors().app.fetch(new Request(`${ORIGIN}/api/v1/ping`), peer("192.0.2.1"));

  assertEquals([response.status, response.headers.get("allow")], [405, "POST"]);
  await response.body?.cancel();
});
