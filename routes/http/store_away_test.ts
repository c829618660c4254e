import { assertEquals } from "@std/assert";
import { StoreUnavailable } from "../../host/circuit.ts";
import { codeOf, createDoors } from "../testing/app.ts";

Deno.test("a call whose reading the store does not answer says so, and nobody is alarmed for each", async () => {
  const { call, host, errors } = createDoors();
  host.fail(new StoreUnavailable("it is away"));

  const answer = await call("v1.getOptions", { world: "w_1" });

  assertEquals([codeOf(answer), errors], ["server/store_unavailable", []]);
});

Deno.test("a session that cannot be looked up as the store is away is not taken for one that has ended", async () => {
  const { post, host } = createDoors();
  host.authenticate = () => Promise.reject(new StoreUnavailable("it is away"));

  const response = await post("{}", { authorization: "Bearer token-of-somebody-unknown-to-the-cache" });

  assertEquals(response.status, 503);
  assertEquals(codeOf(await response.json()), "server/store_unavailable");
});
