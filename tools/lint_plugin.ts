/**
 * The house rules a compiler cannot see, as a Deno lint plugin: what the engine may touch, who may name the store, and
 * which room may import which. Paths count from the repository root, so `tests/engine/` is not the engine.
 */

const ROOT = new URL("../", import.meta.url).pathname;
const TEST_FILE = /_(test|fixtures?)\.tsx?$/;

/** Where a room may import from; a room that is not named here (tests, tools, cli, main) wires everything. */
const DIRECTIONS: Readonly<Record<string, { readonly rooms: readonly string[]; readonly what: string }>> = {
  web: { rooms: ["web", "engine", "locales"], what: "engine types and pure view helpers" },
  routes: { rooms: ["routes", "host", "engine", "locales"], what: "host and engine types" },
  host: { rooms: ["host", "engine", "kv"], what: "engine and kv's port types" },
  kv: { rooms: ["kv", "engine"], what: "engine types" },
  engine: { rooms: ["engine"], what: "nothing but itself and pure-rand" },
};
/** Rooms from which only types may come ... */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = { host: ["kv"], kv: ["engine"], routes: ["engine"] };
/** ... and what counts as type there: constant arrays from which unions derive, the fault classes of the store's port. */
const PORTS = /^(engine\/types\/|kv\/ports\.ts$)/;
/** Packages a browser may load; whatever else `web/` named would not bundle, or would bring a server's code along. */
const WEB_PACKAGES = /^(preact|@preact\/signals|@fluent\/bundle|zzfx)(\/|$)/;

const AMBIENT = new Set([
  "Deno",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "console",
  "crypto",
  "performance",
  "globalThis",
  "self",
  "window",
  "process",
  "eval",
]);
const KV_ARITHMETIC = new Set(["sum", "min", "max"]);
const KV_QUEUES = new Set(["enqueue", "listenQueue"]);

const plugin: Deno.lint.Plugin = {
  name: "rpg",
  rules: {
    "pure-engine": { create: pureEngine },
    "kv-only": { create: kvOnly },
    "kv-ops": { create: kvOps },
    "kv-keys": { create: kvKeys },
    "direction": { create: direction },
  },
};
export default plugin;

/** The path from the repository root, or undefined outside of it. */
function pathOf(context: Deno.lint.RuleContext): string | undefined {
  const name = context.filename.replaceAll("\\", "/");
  if (!name.startsWith(ROOT)) return name.startsWith("/") ? undefined : name;
  return name.slice(ROOT.length);
}

function roomOf(path: string): string {
  return path.slice(0, Math.max(0, path.indexOf("/")));
}

/** Resolves a relative specifier against the file that names it, as a path from the root. */
function resolve(from: string, specifier: string): string {
  const inside = new URL(specifier, `https://root.invalid/a/b/c/d/${from}`).pathname;
  return inside.startsWith("/a/b/c/d/") ? inside.slice("/a/b/c/d/".length) : inside;
}

type Source = { readonly node: Deno.lint.Node; readonly specifier: string; readonly types: boolean };

/** Calls `visit` for each way a module names another: import, export from, import(). */
function onSources(visit: (source: Source) => void): Deno.lint.LintVisitor {
  return {
    ImportDeclaration(node) {
      const all = node.specifiers.length > 0 &&
        node.specifiers.every((one) => one.type === "ImportSpecifier" && one.importKind === "type");
      visit({ node, specifier: node.source.value, types: node.importKind === "type" || all });
    },
    ExportNamedDeclaration(node) {
      if (node.source) visit({ node, specifier: node.source.value, types: node.exportKind === "type" });
    },
    ExportAllDeclaration(node) {
      visit({ node, specifier: node.source.value, types: node.exportKind === "type" });
    },
    ImportExpression(node) {
      const literal = node.source.type === "Literal" && typeof node.source.value === "string" ? node.source.value : "";
      visit({ node, specifier: literal, types: false });
    },
  };
}

function pureEngine(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = pathOf(context);
  if (path === undefined || roomOf(path) !== "engine" || TEST_FILE.test(path)) return {};
  const report = (node: Deno.lint.Node, what: string) =>
    context.report({ node, message: `engine/ is pure: ${what}`, hint: "Pass time, chance and I/O in as parameters" });

  return {
    ...onSources(({ node, specifier }) => {
      const own = /^\.{1,2}\//.test(specifier) && resolve(path, specifier).startsWith("engine/");
      if (!own && !/^pure-rand\/./.test(specifier)) {
        report(
          node,
          `"${specifier || "a computed module"}" may not be imported, only pure-rand and files inside engine/`,
        );
      }
    }),
    Identifier(node) {
      if (AMBIENT.has(node.name) && isValue(node)) report(node, `${node.name} may not be used`);
      if (node.name === "Temporal" && isValue(node)) report(node, "Temporal reads a clock");
      if (node.name === "Math" && isValue(node) && !isPlainMember(node)) {
        report(node, "Math may only be used as Math.name, so that no one takes its random");
      }
    },
    MemberExpression(node) {
      const object = node.object.type === "Identifier" ? node.object.name : "";
      const property = nameOf(node);
      if (object === "Math" && (property === "random" || property === undefined)) {
        report(node, "Math.random is ambient chance");
      }
      if (object === "Date" && (property === "now" || property === undefined)) report(node, "Date.now reads a clock");
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0) {
        report(node, "new Date() reads a clock");
      }
    },
    CallExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date") report(node, "Date() reads a clock");
    },
  };
}

/** The property a member expression names, or undefined when it is computed from something else than a text. */
function nameOf(node: Deno.lint.MemberExpression): string | undefined {
  if (!node.computed && node.property.type === "Identifier") return node.property.name;
  if (node.property.type === "Literal" && typeof node.property.value === "string") return node.property.value;
  return undefined;
}

function isPlainMember(node: Deno.lint.Identifier): boolean {
  return node.parent.type === "MemberExpression" && node.parent.object === node;
}

/** Whether an identifier is read as a value here, rather than naming a property, a type or something declared. */
function isValue(node: Deno.lint.Identifier): boolean {
  const parent: Deno.lint.Node = node.parent;
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
      return parent.value === node && (parent.key !== node || parent.shorthand);
    case "PropertyDefinition":
    case "MethodDefinition":
      return parent.value === node;
    case "TSQualifiedName":
    case "TSTypeReference":
    case "TSPropertySignature":
    case "TSMethodSignature":
    case "TSEnumMember":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "ImportSpecifier":
    case "ExportSpecifier":
    case "LabeledStatement":
      return false;
    default:
      return true;
  }
}

function kvOnly(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = pathOf(context);
  if (path === undefined || roomOf(path) === "kv" || path.startsWith("tools/lint_plugin")) return {};
  const report = (node: Deno.lint.Node) =>
    context.report({
      node,
      message: "Only kv/ may name Deno's key-value store",
      hint: "Take a store from kv/ports.ts",
    });
  return {
    MemberExpression(node) {
      const name = nameOf(node);
      const onDeno = node.object.type === "Identifier" && node.object.name === "Deno";
      if (onDeno && (name === undefined || name === "openKv" || /^Kv/.test(name))) report(node);
    },
    TSQualifiedName(node) {
      if (
        node.left.type === "Identifier" && node.left.name === "Deno" && /^(Kv|AtomicOperation)/.test(node.right.name)
      ) {
        report(node);
      }
    },
    VariableDeclarator(node) {
      if (node.init?.type !== "Identifier" || node.init.name !== "Deno" || node.id.type !== "ObjectPattern") return;
      for (const property of node.id.properties) {
        if (property.type !== "Property" || property.key.type !== "Identifier") report(property);
        else if (/^(openKv$|Kv)/.test(property.key.name)) report(property);
      }
    },
  };
}

function kvOps(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = pathOf(context);
  if (path === undefined || roomOf(path) !== "kv" || TEST_FILE.test(path)) return {};
  return {
    CallExpression(node) {
      if (node.callee.type !== "MemberExpression") return;
      const name = nameOf(node.callee) ?? "";
      // The store's take a key and a value; a schema's bound takes a number.
      const [key, value] = node.arguments;
      const onStore = KV_ARITHMETIC.has(name) && value !== undefined && !(key?.type === "Literal") &&
        !(node.callee.object.type === "Identifier" && node.callee.object.name === "Math");
      if (!onStore && !KV_QUEUES.has(name)) return;
      context.report({
        node,
        message:
          `${name}() is not used on the store: an atomic operation that meets a wrong type keeps its other writes`,
        hint: "Read, compute, and set behind a check",
      });
    },
  };
}

/** Key arrays begin with a text and go to get, set, delete, list, check or watch; they are written in kv/keys.ts alone. */
function kvKeys(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = pathOf(context);
  if (path === undefined || path === "kv/keys.ts" || TEST_FILE.test(path)) return {};
  const room = roomOf(path);
  if (room !== "kv" && room !== "host" && room !== "routes" && room !== "cli" && path !== "main.ts") return {};
  const report = (node: Deno.lint.Node) =>
    context.report({ node, message: "Keys of the store are built in kv/keys.ts", hint: "Add a function there" });
  const isKey = (node: Deno.lint.Node | undefined) =>
    node?.type === "ArrayExpression" && node.elements[0]?.type === "Literal" &&
    typeof node.elements[0].value === "string";
  return {
    CallExpression(node) {
      if (room !== "kv" || node.callee.type !== "MemberExpression") return;
      const name = nameOf(node.callee);
      const [first] = node.arguments;
      if (!first) return;
      if ((name === "get" || name === "set" || name === "delete") && isKey(first)) report(first);
      if ((name === "getMany" || name === "watch") && first.type === "ArrayExpression") {
        for (const element of first.elements) if (isKey(element)) report(element);
      }
    },
    Property(node) {
      const name = node.key.type === "Identifier" ? node.key.name : "";
      if (["key", "prefix", "start", "end"].includes(name) && isKey(node.value)) report(node.value);
    },
    VariableDeclarator(node) {
      const named = node.id.type === "Identifier" && /(^k|K)ey$/.test(node.id.name);
      if (named && node.init && isKey(node.init)) report(node.init);
    },
  };
}

function direction(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const path = pathOf(context);
  if (path === undefined || TEST_FILE.test(path)) return {};
  const room = roomOf(path);
  const allowed = DIRECTIONS[room];
  if (allowed === undefined) return {};
  return onSources(({ node, specifier, types }) => {
    if (!/^\.{1,2}\//.test(specifier)) {
      if (room === "web" && !WEB_PACKAGES.test(specifier)) {
        context.report({ node, message: `web/ may not import "${specifier}": it is no package of the client` });
      }
      return;
    }
    const target = resolve(path, specifier);
    if (!allowed.rooms.includes(roomOf(target))) {
      context.report({ node, message: `${room}/ may not import ${target}: only ${allowed.what}` });
    } else if (!types && TYPES_ONLY[room]?.includes(roomOf(target)) && !PORTS.test(target)) {
      context.report({ node, message: `${room}/ may import only types from ${roomOf(target)}/: ${target}` });
    }
  });
}
