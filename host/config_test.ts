import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { documentConfig, OPTIONS, parseConfig, printConfig } from "./config.ts";

function noFiles(path: string): string {
  throw new Error(`no file ${path}`);
}

Deno.test("parseConfig() takes safe defaults from an empty environment", () => {
  const result = parseConfig({ PATH: "/bin" }, noFiles);

  assert(result.ok);
  assertEquals(result.config, {
    host: "127.0.0.1",
    port: 8_080,
    data: "./data",
    kv: "",
    publicUrl: "",
    origins: [],
    trustedNets: [],
    proxies: [],
    diskWarn: 268_435_456,
    diskStop: 67_108_864,
    maxConnections: 10_000,
    memoryLimit: 0,
    worldLogLimit: 64,
    logLevel: "info",
    rateLimits: true,
    backups: "",
    backupEvery: 1_440,
    backupKeep: [7, 4, 12],
    adminToken: "",
  });
});

Deno.test("parseConfig() reads an option from the file NAME_FILE names, without the line end", () => {
  const result = parseConfig({ GOLDBOX_PUBLIC_URL_FILE: "/run/url" }, (path) => `https://${path.slice(5)}.example\n`);

  assert(result.ok);
  assertEquals(result.config.publicUrl, "https://url.example");
});

Deno.test("parseConfig() refuses what no option allows, one fault each", () => {
  const rows: readonly [string, string][] = [
    ["GOLDBOX_PORT", "65536"],
    ["GOLDBOX_PORT", "-1"],
    ["GOLDBOX_PORT", ""],
    ["GOLDBOX_HOST", ""],
    ["GOLDBOX_DATA", ""],
    ["GOLDBOX_KV", "https://kv.example"],
    ["GOLDBOX_PUBLIC_URL", "ftp://play.example"],
    ["GOLDBOX_PUBLIC_URL", "https://play.example/game"],
    ["GOLDBOX_ORIGINS", "https://a.example,nonsense"],
    ["GOLDBOX_TRUSTED_NETS", "10.0.0.0/33"],
    ["GOLDBOX_TRUSTED_NETS", "school"],
    ["GOLDBOX_LOG_LEVEL", "trace"],
    ["GOLDBOX_RATE_LIMITS", "yes"],
    ["GOLDBOX_BACKUP_EVERY", "4"],
    ["GOLDBOX_BACKUP_EVERY", "daily"],
    ["GOLDBOX_BACKUP_KEEP", "7,4"],
    ["GOLDBOX_ADMIN_TOKEN", "short"],
    ["GOLDBOX_UNKNOWN", "1"],
    ["GOLDBOX_PORT_FILE", "/absent"],
  ];
  for (const [name, value] of rows) {
    const result = parseConfig({ [name]: value }, noFiles);
    assert(!result.ok, `${name}=${value} was accepted`);
    assertEquals(result.faults.length, 1);
    assertStringIncludes(result.faults[0] ?? "", name);
  }
});

Deno.test("parseConfig() refuses an option that is given twice", () => {
  const result = parseConfig({ GOLDBOX_PORT: "1", GOLDBOX_PORT_FILE: "/port" }, () => "2");

  assert(!result.ok);
  assertEquals(result.faults.length, 1);
});

Deno.test("printConfig() prints what parseConfig() reads back", () => {
  const env = {
    GOLDBOX_ORIGINS: "https://a.example,https://b.example",
    GOLDBOX_RATE_LIMITS: "off",
    GOLDBOX_PORT: "0",
    GOLDBOX_BACKUP_EVERY: "off",
  };
  const first = parseConfig(env, noFiles);
  assert(first.ok);

  const printed = Object.fromEntries(printConfig(first.config).split("\n").map((line) => line.split("=", 2)));

  assertEquals(parseConfig(printed, noFiles), first);
});

Deno.test("printConfig() says of a secret only that it is set", () => {
  const token = "0123456789abcdef0123456789abcdef";
  const parsed = parseConfig({ GOLDBOX_ADMIN_TOKEN: token }, noFiles);
  assert(parsed.ok);

  assertStringIncludes(printConfig(parsed.config), "GOLDBOX_ADMIN_TOKEN=(set)");
  assertEquals(printConfig(parsed.config).includes(token), false);
});

Deno.test("documentConfig() has a row for every option", () => {
  const table = documentConfig();
  for (const name of Object.keys(OPTIONS)) assertStringIncludes(table, `\`${name}\``);
});

Deno.test("parseConfig() refuses a token without repeating it", () => {
  const parsed = parseConfig({ GOLDBOX_ADMIN_TOKEN: "hunter2-is-too-short" }, noFiles);

  assert(!parsed.ok);
  assertEquals(parsed.faults, ["GOLDBOX_ADMIN_TOKEN must be 32 to 256 letters, digits or ._~-"]);
});
