import { assertEquals } from "@std/assert";
import { createNetworks } from "./networks.ts";

const CASES: readonly (readonly [range: string, address: string, inside: boolean])[] = [
  ["127.0.0.1", "127.0.0.1", true],
  ["127.0.0.1", "127.0.0.2", false],
  ["10.0.0.0/8", "10.200.3.4", true],
  ["10.0.0.0/8", "11.0.0.1", false],
  ["192.168.4.0/22", "192.168.7.255", true],
  ["192.168.4.0/22", "192.168.8.0", false],
  ["0.0.0.0/0", "203.0.113.7", true],
  ["0.0.0.0/0", "::1", false],
  ["10.0.0.0/8", "::ffff:10.1.2.3", true],
  ["::1", "::1", true],
  ["2001:db8::/32", "2001:db8:7::9", true],
  ["2001:db8::/32", "2001:db9::1", false],
  ["::1", "", false],
  ["::1", "not an address", false],
];

for (const [range, address, inside] of CASES) {
  Deno.test(`createNetworks() says ${JSON.stringify(address)} is ${inside ? "in" : "not in"} ${range}`, () => {
    assertEquals(createNetworks([range])(address), inside);
  });
}

Deno.test("createNetworks() trusts nobody without a range", () => {
  assertEquals(createNetworks([])("127.0.0.1"), false);
});
