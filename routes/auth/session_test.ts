import { assert, assertEquals, assertMatch } from "@std/assert";
import type { JsonObject } from "../../host/api.ts";
import { codeOf, createDoors, objectOf, ORIGIN, peer } from "../testing/app.ts";

const GUEST = { jsonrpc: "2.0", id: 1, method: "v1.session.guest", params: { name: "Ada" } } as const;
const LIST = JSON.stringify({ jsonrpc: "2.0", id: 2, method: "world.list" });

async function signIn(post: ReturnType<typeof createDoors>["post"]): Promise<string> {
  const response = await post(JSON.stringify(GUEST), { origin: ORIGIN });
  await response.body?.cancel();
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

Deno.test("session.guest sets a cookie no script can read and shows no token", async () => {
  const { post } = createDoors();

  const response = await post(JSON.stringify(GUEST), { origin: ORIGIN });

  assertMatch(
    response.headers.get("set-cookie") ?? "",
    /^session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  assertEquals("token" in (await response.json()).result, false);
});

Deno.test("on https the cookie is __Host-session and Secure", async () => {
  const { post } = createDoors({ env: { GOLDBOX_PUBLIC_URL: "https://play.example" } });

  const response = await post(JSON.stringify(GUEST), { origin: "https://play.example" });

  assertMatch(response.headers.get("set-cookie") ?? "", /^__Host-session=.*; Secure$/);
  await response.body?.cancel();
});

Deno.test("session.guest with token: true returns a Bearer token and sets no cookie", async () => {
  const { post } = createDoors();

  const response = await post(JSON.stringify({ ...GUEST, params: { name: "Ada", token: true } }));
  const { result } = await response.json();
  const list = await post(LIST, { authorization: `Bearer ${result.token}` });

  assertEquals(response.headers.get("set-cookie"), null);
  assertEquals((await list.json()).result.worlds, []);
});

/** A return key of a fresh guest, and a call of `session.return` with it. */
async function returning(call: ReturnType<typeof createDoors>["call"], params: JsonObject = {}) {
  const key = objectOf((await call("session.returnKey"))["result"])["key"] ?? "";
  return JSON.stringify({ jsonrpc: "2.0", id: 1, method: "v1.session.return", params: { key, ...params } });
}

Deno.test("session.return sets the cookie as session.guest does, and shows no token", async () => {
  const { post, call } = createDoors();

  const response = await post(await returning(call), { origin: ORIGIN });
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const { result } = await response.json();
  const list = await post(LIST, { cookie, origin: ORIGIN });

  assertMatch(
    response.headers.get("set-cookie") ?? "",
    /^session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  assertEquals([result.name, "token" in result], ["Ada", false]);
  assertEquals((await list.json()).result.worlds, []);
});

Deno.test("session.return with token: true returns a Bearer token and sets no cookie", async () => {
  const { post, call } = createDoors();

  const response = await post(await returning(call, { token: true }));
  const { result } = await response.json();
  const list = await post(LIST, { authorization: `Bearer ${result.token}` });

  assertEquals(response.headers.get("set-cookie"), null);
  assertEquals((await list.json()).result.worlds, []);
});

Deno.test("session.return by cookie is refused to a page of another origin, and a wrong key to everybody", async () => {
  const { post, call } = createDoors();
  const body = await returning(call);

  for (const headers of [{ origin: "http://evil.test" }, {}, { "sec-fetch-site": "cross-site" }]) {
    const refused = await post(body, headers);
    assertEquals(refused.headers.get("set-cookie"), null);
    assertEquals(codeOf(await refused.json()), "auth/origin");
  }
  const wrong = await post(await returning(call, { key: "nobody's" }), { origin: ORIGIN });
  assertEquals(wrong.headers.get("set-cookie"), null);
  assertEquals(codeOf(await wrong.json()), "auth/wrong_credentials");
});

Deno.test("a page of another origin, or nobody knows which, gets no cookie and may use none", async () => {
  const { post } = createDoors();
  const cookie = await signIn(post);

  for (const headers of [{ origin: "http://evil.test" }, {}, { "sec-fetch-site": "cross-site" }]) {
    assertEquals(codeOf(await (await post(JSON.stringify(GUEST), headers)).json()), "auth/origin");
    const used = await post(LIST, { cookie, ...headers });
    assertEquals(used.status, 403);
    assertEquals(codeOf(await used.json()), "auth/origin");
  }
});

Deno.test("our own page, told by Origin or Sec-Fetch-Site, and an allowed origin may use the cookie", async () => {
  const { post } = createDoors({ env: { GOLDBOX_ORIGINS: "http://friend.test" } });
  const cookie = await signIn(post);

  for (const headers of [{ origin: ORIGIN }, { "sec-fetch-site": "same-origin" }, { origin: "http://friend.test" }]) {
    assert("result" in await (await post(LIST, { cookie, ...headers })).json());
  }
});

Deno.test("Bearer counts before the cookie, and a wrong one never falls back to it", async () => {
  const { post } = createDoors();
  const cookie = await signIn(post);

  const response = await post(LIST, { cookie, origin: ORIGIN, authorization: "Bearer not-a-token-of-ours" });

  assertEquals(response.status, 401);
  assertEquals(codeOf(await response.json()), "auth/ended");
});

Deno.test("session.end takes the cookie back; after it the session is nobody's", async () => {
  const { post } = createDoors();
  const cookie = await signIn(post);

  const ended = await post(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "session.end" }), {
    cookie,
    origin: ORIGIN,
  });
  const after = await post(LIST, { cookie, origin: ORIGIN });

  assertMatch(ended.headers.get("set-cookie") ?? "", /^session=; Max-Age=0/);
  await ended.body?.cancel();
  assertEquals(codeOf(await after.json()), "auth/required");
});

Deno.test("sign-in inside a batch counts for later requests only", async () => {
  const { post } = createDoors();

  const answer = await (await post(JSON.stringify([GUEST, JSON.parse(LIST)]), { origin: ORIGIN })).json();

  assert("result" in answer[0]);
  assertEquals(codeOf(answer[1]), "auth/required");
});

Deno.test("a cross-origin page may call with a Bearer token where the operator allows it, never with credentials", async () => {
  const { app } = createDoors({ env: { GOLDBOX_ORIGINS: "http://friend.test" } });

  const preflight = await app.fetch(
    new Request(`${ORIGIN}/rpc`, {
      method: "OPTIONS",
      headers: { origin: "http://friend.test", "access-control-request-method": "POST" },
    }),
    peer("192.0.2.1"),
  );

  assertEquals(preflight.headers.get("access-control-allow-origin"), "http://friend.test");
  assertEquals(preflight.headers.get("access-control-allow-credentials"), null);
});
