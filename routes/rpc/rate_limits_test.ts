import { assert, assertEquals } from "@std/assert";
import type { AccountId, SessionId } from "../../engine/types/ids.ts";
import { createDoors } from "../testing/app.ts";
import { createRateLimits } from "./rate_limits.ts";

// The library tidies up by timers of its own, which outlive a test.
const options = { sanitizeOps: false, sanitizeResources: false };
const guest = {
  session: "ses_1" as SessionId,
  account: "a_1" as AccountId,
  tier: "guest",
  name: "Ada",
  lang: "en",
} as const;

Deno.test("a guest may spend 132 tokens at once, and is then told to wait at most a second", options, async () => {
  const limits = createRateLimits(() => false);

  const paid = [];
  for (let call = 0; call < 80; call++) paid.push(await limits.charge({ caller: guest, address: "192.0.2.1" }, 2));

  const passed = paid.filter((charge) => charge?.ok === true).length;
  assert(passed >= 66 && passed <= 72, `${passed} passed`);
  const refused = paid.find((charge) => charge?.ok === false);
  assert(refused !== undefined && refused.retryAfterMs > 0 && refused.retryAfterMs <= 1_000);
});

Deno.test("what costs more than a second brings has to wait for the reserve", options, async () => {
  const limits = createRateLimits(() => false);
  for (let call = 0; call < 6; call++) await limits.charge({ caller: guest, address: "192.0.2.1" }, 20);

  const refused = await limits.charge({ caller: guest, address: "192.0.2.1" }, 20);

  assert(refused !== undefined && !refused.ok && refused.retryAfterMs > 1_000);
});

Deno.test("an address without session is limited unless its network is trusted", options, async () => {
  const limits = createRateLimits((address) => address === "10.0.0.1");

  const refused = await limits.charge({ caller: undefined, address: "192.0.2.1" }, 400);

  assertEquals(refused?.ok, false);
  assertEquals(limits.charge({ caller: undefined, address: "10.0.0.1" }, 400), undefined);
});

Deno.test("by HTTP a refusal is 429 with Retry-After, and every answer tells the budget", options, async () => {
  const { post } = createDoors({ env: { GOLDBOX_RATE_LIMITS: "on" } });
  const discover = JSON.stringify(
    Array.from({ length: 20 }, (_, id) => ({ jsonrpc: "2.0", id, method: "rpc.discover" })),
  );

  const responses = [];
  for (let call = 0; call < 4; call++) responses.push(await post(discover));

  assertEquals(responses.map(({ status }) => status), [200, 200, 200, 429]);
  const refused = responses[3];
  assert(Number(refused?.headers.get("retry-after")) >= 1);
  assertEquals(responses[0]?.headers.get("ratelimit-limit"), "310");
  assertEquals(responses[0]?.headers.get("ratelimit-policy"), "10;w=1, 300;w=60");
  for (const response of responses.slice(0, 3)) await response.body?.cancel();
  const answers = await refused?.json();
  assertEquals(answers.length, 20);
  assertEquals(answers[0].error.data.code, "limit/rate");
});
