import { assert, assertEquals } from "@std/assert";
import { createDoors, ORIGIN, peer } from "../testing/app.ts";

// The library of the rate limits tidies up by timers of its own, which outlive a test.
const options = { sanitizeOps: false, sanitizeResources: false };
const JSON_TYPE = { "content-type": "application/json" };
const WRONG = { ...JSON_TYPE, authorization: "Bearer not-a-token-of-ours" };
const SOCKET = { upgrade: "websocket", connection: "upgrade" };

const REFUSED: readonly (readonly [what: string, status: number, path: string, init: RequestInit])[] = [
  ["a wrong Bearer token at /rpc", 401, "/rpc", { method: "POST", headers: WRONG, body: "{}" }],
  ["a wrong Bearer token at /api/v1", 401, "/api/v1/ping", { method: "POST", headers: WRONG, body: "{}" }],
  ["a body of another type", 415, "/rpc", { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" }],
  ["a body that is too large", 413, "/rpc", { method: "POST", headers: JSON_TYPE, body: " ".repeat(1_100_000) }],
  ["params that are no JSON", 400, "/api/v1/ping", { method: "POST", headers: JSON_TYPE, body: "{" }],
  ["a wrong ticket", 401, "/ws?ticket=not-a-ticket-of-ours", { headers: SOCKET }],
  ["an upgrade without a session", 401, "/ws", { headers: SOCKET }],
];

/** Status by status, what an address is answered. */
async function knock(app: ReturnType<typeof createDoors>["app"], path: string, init: RequestInit, times: number) {
  const statuses: number[] = [];
  for (let count = 0; count < times; count++) {
    const response = await app.fetch(new Request(ORIGIN + path, init), peer("192.0.2.1"));
    await response.body?.cancel();
    statuses.push(response.status);
  }
  return statuses;
}

for (const [what, status, path, init] of REFUSED) {
  Deno.test(`an address that goes on sending ${what} meets limit/rate`, options, async () => {
    const { app } = createDoors({ env: { GOLDBOX_RATE_LIMITS: "on" } });

    const statuses = await knock(app, path, init, 190);

    assertEquals([statuses[0], statuses.at(-1)], [status, 429]);
    assertEquals(new Set(statuses), new Set([status, 429]));
  });
}

Deno.test("refusals are free of charge for a trusted address", options, async () => {
  const { app } = createDoors({ env: { GOLDBOX_RATE_LIMITS: "on", GOLDBOX_TRUSTED_NETS: "192.0.2.1" } });

  const statuses = await knock(app, "/rpc", { method: "POST", headers: WRONG, body: "{}" }, 190);

  assert(statuses.every((status) => status === 401));
});
