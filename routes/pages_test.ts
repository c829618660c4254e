import { assert, assertEquals, assertMatch } from "@std/assert";
import { createStatic } from "./http/static.ts";
import { METHODS } from "./rpc/registry.ts";
import { createDoors, ORIGIN, peer } from "./testing/app.ts";

function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  return createDoors().app.fetch(new Request(`${ORIGIN}${path}`, { headers }), peer("192.0.2.1"));
}

Deno.test("/health tells its checks, /ready and /live answer", async () => {
  const health = await get("/health");
  assertEquals(health.status, 200);
  assertEquals((await health.json()).status, "healthy");
  for (const path of ["/ready", "/live"]) {
    const response = await get(path);
    assertEquals(response.status, 200);
    await response.body?.cancel();
  }
});

Deno.test("/ready says no once the server is stopping", async () => {
  const { app } = createDoors();
  await app.stop();

  const response = await app.fetch(new Request(`${ORIGIN}/ready`), peer("192.0.2.1"));

  assertEquals(response.status, 503);
  await response.body?.cancel();
});

Deno.test("/metrics names the calls by method and code, strangers' names as other", async () => {
  const { app, call } = createDoors();
  await call("ping");
  await call("v1.no.such.method");

  const text = await (await app.fetch(new Request(`${ORIGIN}/metrics`), peer("192.0.2.1"))).text();

  assertMatch(text, /rpc_requests_total\{method="ping",version="1",code="ok"\} 1/);
  assertMatch(text, /rpc_requests_total\{method="other",version="",code="rpc\/unknown_method"\} 1/);
});

Deno.test("/openrpc.json describes every method", async () => {
  const description = await (await get("/openrpc.json")).json();

  const names: string[] = description.methods.map((method: { name: string }) => method.name);
  for (const { name } of METHODS) assert(names.includes(name.startsWith("rpc.") ? name : `v1.${name}`), name);
});

Deno.test("/docs/errors/<area>/<reason> explains a code", async () => {
  const page = await get("/docs/errors/turn/not_yours");

  assertEquals(page.status, 200);
  assertMatch(await page.text(), /<h1>turn\/not_yours<\/h1>[\s\S]*4101/);
  const none = await get("/docs/errors/turn/%3Cscript%3E");
  assertEquals(none.status, 404);
  await none.body?.cancel();
});

Deno.test("what is not there is answered as JSON", async () => {
  const response = await get("/no/such/page");

  assertEquals(response.status, 404);
  assertEquals((await response.json()).error.code, 404);
});

Deno.test("every page forbids inline scripts, framing and sniffing", async () => {
  const response = await get("/docs/errors/turn/not_yours");
  await response.body?.cancel();

  const policy = response.headers.get("content-security-policy") ?? "";
  assertMatch(policy, /default-src 'self'/);
  assert(!policy.includes("unsafe-inline"));
  assertMatch(policy, /frame-ancestors 'none'/);
  assertEquals(response.headers.get("x-content-type-options"), "nosniff");
});

Deno.test("createStatic() caches what carries its hash for ever and the page never, packed where asked", async () => {
  const text = new TextEncoder().encode("body{}".repeat(100));
  const asset = { bytes: text, type: "text/css", immutable: true, compressible: true };
  const serve = createStatic(new Map([["/assets/a.css", asset], ["/index.html", { ...asset, immutable: false }]]));

  const packed = await serve("/assets/a.css", "br, gzip");
  const plain = await serve("/index.html", "");

  assert(packed !== undefined && plain !== undefined);
  assertMatch(packed.headers.get("cache-control") ?? "", /immutable/);
  assertEquals(packed.headers.get("content-encoding"), "gzip");
  assert((await packed.bytes()).length < text.length);
  assertEquals(plain.headers.get("cache-control"), "no-store");
  assertEquals((await plain.bytes()).length, text.length);
  assertEquals(await serve("/../deno.json", ""), undefined);
});

Deno.test("createStatic() gives what the build packed by brotli to those who take it, and to nobody else", async () => {
  const bytes = new TextEncoder().encode("let a;".repeat(100));
  const brotli = new TextEncoder().encode("packed");
  const asset = { bytes, brotli, type: "text/javascript", immutable: true, compressible: true };
  const serve = createStatic(new Map([["/assets/a.js", asset]]));

  const packed = await serve("/assets/a.js", "gzip, br");
  const gzipped = await serve("/assets/a.js", "gzip");

  assert(packed !== undefined && gzipped !== undefined);
  assertEquals([packed.headers.get("content-encoding"), await packed.text()], ["br", "packed"]);
  assertEquals(gzipped.headers.get("content-encoding"), "gzip");
  await gzipped.body?.cancel();
});
