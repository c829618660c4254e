import { assert, assertEquals } from "@std/assert";
import { createDoors } from "../testing/app.ts";
import { createClientAddress } from "./client_address.ts";

const CASES: readonly (readonly [why: string, peer: string, forwarded: string | undefined, address: string])[] = [
  ["nobody forwarded anything", "10.0.0.1", undefined, "10.0.0.1"],
  ["a proxy forwarded a client", "10.0.0.1", "203.0.113.7", "203.0.113.7"],
  ["a proxy forwarded a client by IPv6", "10.0.0.1", "2001:db8::7", "2001:db8::7"],
  ["the client wrote a hop of its own", "10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"],
  ["there are two proxies", "10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"],
  ["the peer is no proxy", "203.0.113.9", "203.0.113.7", "203.0.113.9"],
  ["all hops are proxies", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.1"],
  ["the hop is no address", "10.0.0.1", "203.0.113.7, unknown", "10.0.0.1"],
];

for (const [why, peer, forwarded, address] of CASES) {
  Deno.test(`createClientAddress() finds ${address} when ${why}`, () => {
    const headers = new Headers(forwarded === undefined ? {} : { "x-forwarded-for": forwarded });
    assertEquals(createClientAddress(["10.0.0.0/8"])(peer, headers), address);
  });
}

Deno.test("createClientAddress() believes no header without a known proxy", () => {
  const headers = new Headers({ "x-forwarded-for": "203.0.113.7" });
  assertEquals(createClientAddress([])("10.0.0.1", headers), "10.0.0.1");
});

// The library of the limits tidies up by timers of its own, which outlive a test.
const limited = { sanitizeOps: false, sanitizeResources: false };

Deno.test("players behind a known proxy are limited each by their own address", limited, async () => {
  const { post } = createDoors({ env: { GOLDBOX_RATE_LIMITS: "on", GOLDBOX_PROXIES: "192.0.2.1" } });
  const left = async (client: string) => {
    const response = await post("[]", { "x-forwarded-for": client });
    await response.body?.cancel();
    return Number(response.headers.get("ratelimit-remaining"));
  };

  const first = await left("203.0.113.7");
  const other = await left("203.0.113.8");
  const again = await left("203.0.113.7");

  assertEquals(other, first);
  assert(again < first);
});
